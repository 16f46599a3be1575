package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.AuthRoleGetRequest;
import io.tidemark.revision.etcd.proto.AuthRoleListRequest;
import io.tidemark.revision.etcd.proto.AuthUserGetRequest;
import io.tidemark.revision.etcd.proto.AuthUserListRequest;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
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
                            assertSame(store, etcd.endpoint());
                        }
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

    private static void assertSame(StoreEndpoint store, EtcdEndpoint etcd) {
        RangeResponse now =
                Ask.parsed(RangeResponse.parser(), bytes(store, Ask.everything().build()));
        long last = now.getHeader().getRevision();
        for (long revision = 0; revision <= last; revision++) {
            Message keys = Ask.everything().setRevision(revision).build();
            assertThat(answer(etcd, keys)).as("keys at %d", revision).isEqualTo(answer(store, keys));
            Message hash = HashKVRequest.newBuilder().setRevision(revision).build();
            assertThat(answer(etcd, hash)).as("hash at %d", revision).isEqualTo(answer(store, hash));
        }
        for (Message request : List.of(
                Ask.leases().build(),
                Ask.timeToLive(7).setKeys(true).build(),
                AuthUserListRequest.getDefaultInstance(),
                AuthRoleListRequest.getDefaultInstance(),
                AuthUserGetRequest.newBuilder().setName("alice").build(),
                AuthRoleGetRequest.newBuilder().setRole("reader").build())) {
            assertThat(answer(etcd, request)).isEqualTo(answer(store, request));
        }
    }

    private static byte[] bytes(EtcdEndpoint endpoint, Message request) {
        Answer answer = endpoint.call(Call.of(request).method().path(), request.toByteArray());
        assertThat(answer).isInstanceOf(Answer.Bytes.class);
        return ((Answer.Bytes) answer).message();
    }

    private static Reply answer(EtcdEndpoint endpoint, Message request) {
        return new Session(endpoint).reply(Call.of(request));
    }
}
