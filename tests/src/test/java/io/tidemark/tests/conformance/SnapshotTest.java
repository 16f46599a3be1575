package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import io.tidemark.revision.etcd.proto.SnapshotRequest;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot has the rows that a real etcd's has of the same writes. */
class SnapshotTest {
    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    @TestFactory
    Stream<DynamicTest> hasTheRowsOfEtcds() {
        return SnapshotCases.all().stream()
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> {
                    String name = program.name().replace("snapshot/", "");
                    Path image = folder.resolve(name);
                    try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), image);
                            GrpcEndpoint client = new GrpcEndpoint(store.port())) {
                        Session session = new Session(store);
                        program.calls().forEach(session::reply);

                        assertThat(SnapshotRows.of(SnapshotRows.fetch(client)))
                                .containsExactlyElementsOf(SnapshotRows.of(SnapshotRows.recorded(name)));
                        assertThat(image).isDirectoryNotContaining("glob:**snapshot-*");
                    }
                }));
    }

    @Test
    void isForRootAloneWhenItMattersWhoAsks() {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("auth"))) {
            Session session = new Session(store);
            SnapshotCases.all().getLast().calls().forEach(session::reply);
            session.reply(Call.of(AuthEnableRequest.getDefaultInstance()));
            byte[] request = SnapshotRequest.getDefaultInstance().toByteArray();
            String method = "etcdserverpb.Maintenance/Snapshot";

            assertThat(store.call(method, request).toString()).contains("user name is empty");
            assertThat(store.call(method, request, token(store, "alice")).toString())
                    .contains("permission denied");
            assertThat(store.call(method, request, token(store, "root"))).isInstanceOf(Answer.Bytes.class);
        }
    }

    private static String token(StoreEndpoint store, String user) {
        byte[] login = AuthOnCases.login(user, user).build().toByteArray();
        Answer answer = store.call("etcdserverpb.Auth/Authenticate", login);
        assertThat(answer).isInstanceOf(Answer.Bytes.class);
        return Ask.parsed(AuthenticateResponse.parser(), ((Answer.Bytes) answer).message())
                .getToken();
    }
}
