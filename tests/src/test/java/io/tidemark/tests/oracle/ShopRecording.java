package io.tidemark.tests.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The files of the recorded cluster that tests need. */
public final class ShopRecording {
    /** Name under which the sample is fed. */
    public static final String CLUSTER = "shop";

    private ShopRecording() {}

    /** The audit log that the distribution carries. */
    public static Path audit() {
        return Path.of("../deploy/src/main/dist/examples/shop/audit.jsonl.gz");
    }

    /** Every revision of its etcd, which the distribution carries, too. */
    public static Path history() {
        return Path.of("../deploy/src/main/dist/examples/shop/history.jsonl.gz");
    }

    /** A file of the test resources, by its name without {@code .gz}. */
    public static Path file(String name) {
        URL url = Objects.requireNonNull(ShopRecording.class.getResource("/shop/" + name + ".gz"), name);
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(url + " is no file", e);
        }
    }

    /** What the oracle expects of the whole recording. */
    public static ExpectedSpans expected() throws IOException {
        return AuditOracle.expect(CLUSTER, AuditLog.read(audit()));
    }

    /** A file that holds one JSON document. */
    public static JsonNode document(String name) throws IOException {
        List<JsonNode> documents = AuditLog.read(file(name));
        return documents.getFirst();
    }
}
