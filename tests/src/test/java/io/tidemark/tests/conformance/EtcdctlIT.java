package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The real etcdctl with a real etcd and with the store: the committed scripts are what it does with either. */
@Tag("peers")
class EtcdctlIT {
    private static final boolean RECORD =
            System.getProperty("tidemark.transcripts.record", "").equals("etcdctl");

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private static List<CommandScript> scripts() throws IOException {
        return Stream.concat(
                        CommandScript.readAll("commands").stream(), CommandScript.readAll("administration").stream())
                .toList();
    }

    @TestFactory
    Stream<DynamicTest> doesWithEtcdWhatWasRecorded() throws IOException {
        return scripts().stream()
                .map(script -> DynamicTest.dynamicTest(script.name(), () -> {
                    try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""))) {
                        CommandScript now = script.run(new Etcdctl(etcd.port()));
                        if (RECORD) {
                            now.write();
                        } else {
                            assertThat(now.invocations()).containsExactlyElementsOf(script.invocations());
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> doesTheSameWithTheStore() throws IOException {
        return scripts().stream()
                .map(script -> DynamicTest.dynamicTest(script.name(), () -> {
                    Path image = folder.resolve(script.name().replace('/', '-'));
                    try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), image)) {
                        List<Invocation> found =
                                script.run(new Etcdctl(store.port())).invocations();
                        SoftAssertions.assertSoftly(all -> {
                            for (int i = 0; i < found.size(); i++) {
                                all.assertThat(found.get(i))
                                        .isEqualTo(script.invocations().get(i));
                            }
                        });
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> ownCommandsDoTheSameWithEtcd() throws IOException {
        return CommandScript.readAll("commands").stream()
                .map(script -> DynamicTest.dynamicTest(script.name(), () -> {
                    try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""))) {
                        CommandsTest.assertSame(script, script.run(new OwnCommands(etcd.port())));
                    }
                }));
    }
}
