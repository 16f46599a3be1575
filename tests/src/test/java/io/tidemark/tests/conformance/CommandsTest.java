package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Tidemark's commands print what etcdctl printed, byte for byte, and end with the code that belongs to etcdctl's. */
class CommandsTest {
    @TempDir
    private static Path folder;

    private static Vertx vertx;

    @BeforeAll
    static void begin() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @TestFactory
    List<DynamicTest> doWhatEtcdctlDid() throws IOException {
        return CommandScript.readAll("commands").stream()
                .map(script -> DynamicTest.dynamicTest(script.name(), () -> {
                    Path image = folder.resolve(script.name().replace('/', '-'));
                    try (StoreEndpoint store = new StoreEndpoint(vertx, image)) {
                        assertSame(script, script.run(new OwnCommands(store.port())));
                    }
                }))
                .toList();
    }

    static void assertSame(CommandScript expected, CommandScript found) {
        for (int i = 0; i < expected.invocations().size(); i++) {
            Invocation etcdctl = expected.invocations().get(i);
            Invocation own = found.invocations().get(i);
            assertThat(own.out()).as("%s", etcdctl).isEqualTo(etcdctl.out());
            assertThat(own.code()).as("%s", etcdctl).isIn(OwnCommands.codesFor(etcdctl.code()));
        }
    }
}
