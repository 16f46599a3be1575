package io.tidemark.revision.etcd;

import com.google.protobuf.CodedInputStream;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each call that took long, as etcd writes one. It tells where the call's key lies and no more: never the last
 * part of the key, which may name a secret, and never a value.
 */
final class SlowCalls {
    private static final Logger LOG = LoggerFactory.getLogger(SlowCalls.class);
    private static final Set<String> WITH_A_KEY = Set.of(
            "etcdserverpb.KV/Range",
            "etcdserverpb.KV/RangeStream",
            "etcdserverpb.KV/Put",
            "etcdserverpb.KV/DeleteRange");
    /** {@code key} in the requests of these: field 1, with a length. */
    private static final int KEY_TAG = 10;

    private static final int PREFIX_MAX = 128;

    /** Of a request, its beginning tells enough of the key. */
    private static final int HEAD_BYTES = 1024;

    private final long nanos;

    SlowCalls(Duration from) {
        this.nanos = from.toNanos();
    }

    /** As much of a call's message as a line about it needs. */
    static Buffer head(Buffer request) {
        return request.length() <= HEAD_BYTES ? request : request.getBuffer(0, HEAD_BYTES);
    }

    /**
     * @param request the call's message, or its {@link #head}
     * @param bytes of the whole message
     */
    void ended(String method, Buffer request, int bytes, long took) {
        if (took >= nanos) {
            LOG.info(
                    "A call took long: method={} took_ms={} request_bytes={} prefix={}",
                    method,
                    TimeUnit.NANOSECONDS.toMillis(took),
                    bytes,
                    prefix(method, request));
        }
    }

    /** Up to the last slash of the key; empty when there is none. */
    static String prefix(String method, Buffer request) {
        if (!WITH_A_KEY.contains(method) || request.length() == 0) {
            return "";
        }
        try {
            CodedInputStream fields = CodedInputStream.newInstance(request.getBytes());
            if (fields.readTag() != KEY_TAG) {
                return "";
            }
            int length = fields.readRawVarint32();
            int there = request.length() - fields.getTotalBytesRead();
            String key = new String(fields.readRawBytes(Math.min(length, there)), StandardCharsets.UTF_8);
            String prefix = key.substring(0, key.lastIndexOf('/') + 1);
            return prefix.length() > PREFIX_MAX ? prefix.substring(0, PREFIX_MAX) : prefix;
        } catch (IOException e) {
            return ""; // not a message; the caller was told so
        }
    }
}
