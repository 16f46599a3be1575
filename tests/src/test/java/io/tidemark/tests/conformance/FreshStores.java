package io.tidemark.tests.conformance;

import io.tidemark.revision.log.MemoryLog;
import io.tidemark.tests.platform.Undisturbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Stores of a test class that live as long as one of its tests, in folders that go with them. */
final class FreshStores implements AfterEachCallback, AfterAllCallback {
    private final EventLoops loops = new EventLoops();
    private final List<StoreEndpoint> stores = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    /** For the test that is made or runs. */
    StoreEndpoint next() {
        return next(Map.of());
    }

    /** @param settings besides those that a test needs */
    StoreEndpoint next(Map<String, String> settings) {
        try {
            folders.add(Files.createTempDirectory("store"));
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for a store", e);
        }
        stores.add(new StoreEndpoint(
                loops.vertx(), folders.getLast(), (keyspace, codec) -> new MemoryLog(codec.key()), settings));
        return stores.getLast();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        stores.forEach(StoreEndpoint::close);
        stores.clear();
        for (Path folder : folders) {
            Undisturbed.delete(folder);
        }
        folders.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        loops.afterAll(context);
    }
}
