package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Tidemark's commands print what etcdctl printed, byte for byte, and end with the code that belongs to etcdctl's. */
class CommandsTest {
    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TestFactory
    List<DynamicTest> doWhatEtcdctlDid() throws IOException {
        return CommandScript.readAll("commands").stream()
                .map(script -> DynamicTest.dynamicTest(script.name(), () -> {
                    Path image = folder.resolve(script.name().replace('/', '-'));
                    try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), image)) {
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
