package io.tidemark.query.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The OpenAPI document that describes the API, as it is committed. */
final class Description {
    static final String RESOURCE = "/io/tidemark/query/http/openapi.yaml";

    private final Buffer yaml = Buffer.buffer(read());

    void mount(Router router, String path) {
        router.get(path)
                .handler(context -> context.response()
                        .putHeader("Content-Type", "application/yaml")
                        .putHeader("Cache-Control", "no-cache")
                        .end(yaml));
    }

    static byte[] read() {
        try (InputStream in = Description.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE + " cannot be read", e);
        }
    }
}
