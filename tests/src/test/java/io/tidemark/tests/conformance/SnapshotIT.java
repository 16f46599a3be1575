package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.cli.StoreShell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** etcd's own tools with a snapshot of the store: saved by etcdctl, restored by etcdutl, served by a real etcd. */
@Tag("peers")
class SnapshotIT {
    private static final boolean RECORD =
            System.getProperty("tidemark.transcripts.record", "").equals("snapshots");
    private static final Path PROGRAM = Path.of("peers", "target", "etcdutl").toAbsolutePath();

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> recordingsAreWhatEtcdWrites() {
        return SnapshotCases.all().stream()
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> {
                    String name = program.name().replace("snapshot/", "");
                    try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""));
                            GrpcEndpoint client = new GrpcEndpoint(etcd.port())) {
                        play(program, etcd.endpoint());
                        byte[] file = SnapshotRows.fetch(client);
                        if (RECORD) {
                            SnapshotRows.record(name, file);
                        } else {
                            assertThat(SnapshotRows.of(file))
                                    .containsExactlyElementsOf(SnapshotRows.of(SnapshotRows.recorded(name)));
                        }
                    }
                }));
    }

    private static void play(Program program, EtcdEndpoint endpoint) {
        Session session = new Session(endpoint);
        program.calls().forEach(session::reply);
    }

    @TestFactory
    Stream<DynamicTest> becomesAnEtcdWithTheSameHistory() {
        List<Program> programs = new ArrayList<>(SnapshotCases.all().subList(1, 6));
        programs.addAll(RandomHistories.all());
        programs.addAll(Programs.random().subList(0, 5));
        return programs.stream()
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> {
                    Path place = folder.resolve(program.name().replace('/', '-'));
                    Files.createDirectories(place);
                    try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), place.resolve("image"))) {
                        play(program, store);
                        Path file = place.resolve("saved.db");
                        Invocation saved =
                                new Etcdctl(store.port()).run(List.of("snapshot", "save", file.toString()), "");
                        assertThat(saved.code()).as(saved.out()).isZero();
                        etcdutl("snapshot", "status", file.toString());
                        Path data = place.resolve("data");
                        etcdutl("snapshot", "restore", file.toString(), "--data-dir=" + data);
                        try (EtcdProcess etcd = EtcdProcess.on(data)) {
                            new SameKeyspace(store, etcd.endpoint()).check();
                        }
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> isTheEtcdThatWasImported() {
        List<Program> programs = new ArrayList<>(SnapshotCases.all().subList(1, 6));
        programs.addAll(RandomHistories.all());
        programs.addAll(Programs.random().subList(5, 15));
        return programs.stream()
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> {
                    Path image = Files.createTempDirectory(folder, "image");
                    try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""));
                            StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), image)) {
                        play(program, etcd.endpoint());
                        StoreShell.Outcome imported = StoreShell.run(
                                List.of(
                                        "import",
                                        "etcd",
                                        "--from=127.0.0.1:" + etcd.port(),
                                        "--endpoint=127.0.0.1:" + store.port()),
                                "");
                        assertThat(imported.code()).as(imported.err()).isZero();
                        new SameKeyspace(etcd.endpoint(), store).check();
                    }
                }));
    }

    private static void etcdutl(String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(words));
        line.addFirst(PROGRAM.toString());
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("ETCD_VERIFY", "all");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
    }
}
