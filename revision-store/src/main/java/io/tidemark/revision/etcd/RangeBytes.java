package io.tidemark.revision.etcd;

import com.google.protobuf.CodedOutputStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A RangeResponse put together from bytes. In protobuf, messages one after another are the message that they merge to, so
 * the fields around the stored elements can be two small messages of their own:
 *
 * <pre>
 *   header │ kvs kvs kvs ... as they are stored │ more count
 * </pre>
 */
final class RangeBytes {
    private static final int PIECE_TAG = 0x0a;

    private RangeBytes() {}

    static Buffer answer(ResponseHeader header, List<ByteBuffer> elements, boolean more, long count) {
        return joined(parts(header, elements, more, count));
    }

    /** How an answer begins. */
    static Buffer begin(ResponseHeader header, List<ByteBuffer> elements) {
        return joined(parts(header, elements));
    }

    /** What an answer goes on with, and what follows that. */
    static Buffer part(List<ByteBuffer> elements, Buffer behind) {
        List<ByteBuf> parts = new ArrayList<>(elements.size() + 1);
        elements.forEach(element -> parts.add(Unpooled.wrappedBuffer(element)));
        parts.add(((BufferInternal) behind).getByteBuf());
        return joined(parts);
    }

    /** How an answer ends. */
    static Buffer tail(boolean more, long count) {
        return Buffer.buffer(
                RangeResponse.newBuilder().setMore(more).setCount(count).build().toByteArray());
    }

    private static List<ByteBuf> parts(ResponseHeader header, List<ByteBuffer> elements, boolean more, long count) {
        List<ByteBuf> parts = parts(header, elements);
        parts.add(((BufferInternal) tail(more, count)).getByteBuf());
        return parts;
    }

    private static List<ByteBuf> parts(ResponseHeader header, List<ByteBuffer> elements) {
        List<ByteBuf> parts = new ArrayList<>(elements.size() + 2);
        parts.add(Unpooled.wrappedBuffer(
                RangeResponse.newBuilder().setHeader(header).build().toByteArray()));
        elements.forEach(element -> parts.add(Unpooled.wrappedBuffer(element)));
        return parts;
    }

    /** One behind the other, without copying them. */
    static Buffer joined(Buffer first, Buffer second) {
        return joined(List.of(((BufferInternal) first).getByteBuf(), ((BufferInternal) second).getByteBuf()));
    }

    private static Buffer joined(List<ByteBuf> parts) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(parts.size(), parts.toArray(ByteBuf[]::new)));
    }

    /** A message of a stream that is not its last. */
    static Buffer piece(List<ByteBuffer> elements) {
        return wrapped(elements.stream().map(Unpooled::wrappedBuffer).toList());
    }

    /** The last message of a stream. */
    static Buffer lastPiece(ResponseHeader header, List<ByteBuffer> elements, boolean more, long count) {
        return wrapped(parts(header, elements, more, count));
    }

    /** {@code RangeStreamResponse { RangeResponse range_response = 1; }}: a tag and the length in front. */
    private static Buffer wrapped(List<ByteBuf> parts) {
        int length = parts.stream().mapToInt(ByteBuf::readableBytes).sum();
        List<ByteBuf> all = new ArrayList<>(parts.size() + 1);
        all.add(Unpooled.wrappedBuffer(front(length)));
        all.addAll(parts);
        return joined(all);
    }

    private static byte[] front(int length) {
        byte[] front = new byte[1 + CodedOutputStream.computeUInt32SizeNoTag(length)];
        CodedOutputStream out = CodedOutputStream.newInstance(front);
        try {
            out.writeUInt32NoTag(PIECE_TAG);
            out.writeUInt32NoTag(length);
        } catch (IOException e) {
            throw new UncheckedIOException("an array has room", e);
        }
        return front;
    }
}
