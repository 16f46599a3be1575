package io.tidemark.revision.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.google.protobuf.ByteString;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import java.io.IOException;
import java.io.OutputStream;

/**
 * All keys of a range at one revision, one JSON object a line. Text is written as it is, other bytes in base64.
 *
 * <pre>
 * {"revision":9,"key":"/a","create_revision":3,"mod_revision":7,"version":2,"lease":0,"value":"hi"}
 * {"revision":9,"key_base64":"/w==","create_revision":8,"mod_revision":8,"version":1,"lease":0,"value_base64":"azhzAA=="}
 * </pre>
 */
public final class KeyspaceExport {
    private static final JsonFactory JSON = new JsonFactory();
    private static final ByteString ZERO = ByteString.copyFrom(new byte[1]);
    private static final int FIRST_PAGE = 100;
    private static final int LARGEST_PAGE = 10_000;
    private static final int PAGE_BYTES = 1024 * 1024;

    private final EtcdClient client;

    public KeyspaceExport(EtcdClient client) {
        this.client = client;
    }

    /**
     * Writes keys as they come, in pages.
     *
     * @param keys key, end and revision; 0 is the newest as of the first page, for all pages
     * @return how many keys
     */
    public long write(RangeRequest keys, OutputStream out) throws IOException, InterruptedException {
        RangeRequest.Builder request = keys.toBuilder().setLimit(FIRST_PAGE);
        long written = 0;
        boolean more = true;
        while (more) {
            RangeResponse page = client.ask(EtcdMethods.RANGE, request.build());
            if (request.getRevision() == 0) {
                request.setRevision(page.getHeader().getRevision());
            }
            for (KeyValue kv : page.getKvsList()) {
                line(kv, request.getRevision(), out);
            }
            written += page.getKvsCount();
            more = page.getMore();
            if (more) {
                request.setKey(page.getKvs(page.getKvsCount() - 1).getKey().concat(ZERO));
                request.setLimit(next(request.getLimit(), page.getSerializedSize()));
            }
        }
        return written;
    }

    /** Pages of about a megabyte, whatever the size of values. */
    private static long next(long limit, int sizeBytes) {
        if (sizeBytes > 2 * PAGE_BYTES) {
            return Math.max(1, limit / 2);
        }
        return sizeBytes < PAGE_BYTES / 2 ? Math.min(LARGEST_PAGE, limit * 2) : limit;
    }

    private static void line(KeyValue kv, long revision, OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
            json.writeStartObject();
            json.writeNumberField("revision", revision);
            bytes(json, "key", kv.getKey());
            json.writeNumberField("create_revision", kv.getCreateRevision());
            json.writeNumberField("mod_revision", kv.getModRevision());
            json.writeNumberField("version", kv.getVersion());
            json.writeNumberField("lease", kv.getLease());
            bytes(json, "value", kv.getValue());
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void bytes(JsonGenerator json, String name, ByteString bytes) throws IOException {
        if (bytes.isValidUtf8()) {
            json.writeStringField(name, bytes.toStringUtf8());
        } else {
            json.writeBinaryField(name + "_base64", bytes.toByteArray());
        }
    }
}
