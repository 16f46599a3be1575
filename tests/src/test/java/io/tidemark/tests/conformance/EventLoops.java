package io.tidemark.tests.conformance;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What the stores of a test class serve on; closed after its last test. */
final class EventLoops implements AfterAllCallback {
    private static final long CLOSE_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();

    Vertx vertx() {
        return vertx;
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
