package io.tidemark.revision.etcd;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
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
    private RangeBytes() {}

    static Buffer answer(ResponseHeader header, List<byte[]> elements, boolean more, long count) {
        ByteBuf[] parts = new ByteBuf[elements.size() + 2];
        parts[0] = Unpooled.wrappedBuffer(
                RangeResponse.newBuilder().setHeader(header).build().toByteArray());
        for (int i = 0; i < elements.size(); i++) {
            parts[i + 1] = Unpooled.wrappedBuffer(elements.get(i));
        }
        parts[elements.size() + 1] = Unpooled.wrappedBuffer(rest(more, count));
        return BufferInternal.buffer(Unpooled.wrappedBuffer(parts.length, parts));
    }

    private static byte[] rest(boolean more, long count) {
        return RangeResponse.newBuilder().setMore(more).setCount(count).build().toByteArray();
    }
}
