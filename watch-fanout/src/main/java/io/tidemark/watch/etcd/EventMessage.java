package io.tidemark.watch.etcd;

import com.google.protobuf.CodedOutputStream;
import io.netty.buffer.Unpooled;
import io.tidemark.watch.hub.EncodedEvents;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A {@code WatchResponse} with events, in two parts: what is of the watcher, and what all who are told the same share.
 *
 * <pre>
 *   0a 08 ...   10 05      38 01                │ 5a ... 5a ...
 *   header      watch 5    more of it follows   │ events
 * </pre>
 */
final class EventMessage {
    private static final int HEADER = 1;
    private static final int WATCH_ID = 2;
    private static final int FRAGMENT = 7;

    private EventMessage() {}

    /** Tag and length in front of a response header. */
    static byte[] header(byte[] message) {
        byte[] field = new byte[CodedOutputStream.computeByteArraySize(HEADER, message)];
        CodedOutputStream out = CodedOutputStream.newInstance(field);
        try {
            out.writeByteArray(HEADER, message);
        } catch (IOException e) {
            throw new UncheckedIOException("an array has room", e);
        }
        return field;
    }

    /** @param header with tag and length */
    static Buffer head(byte[] header, long watcher, boolean fragment) {
        int more = (watcher == 0 ? 0 : CodedOutputStream.computeInt64Size(WATCH_ID, watcher))
                + (fragment ? CodedOutputStream.computeBoolSize(FRAGMENT, true) : 0);
        byte[] head = new byte[header.length + more];
        CodedOutputStream out = CodedOutputStream.newInstance(head);
        try {
            out.writeRawBytes(header);
            if (watcher != 0) {
                out.writeInt64(WATCH_ID, watcher);
            }
            if (fragment) {
                out.writeBool(FRAGMENT, true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array has room", e);
        }
        return wrapped(head, 0, head.length);
    }

    /** Events from one on up to another one, which is not among them. Not copied. */
    static Buffer body(EncodedEvents events, int from, int to) {
        int begin = from == 0 ? 0 : events.end(from - 1);
        return wrapped(events.bytes(), begin, events.end(to - 1) - begin);
    }

    private static Buffer wrapped(byte[] bytes, int from, int length) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, from, length));
    }
}
