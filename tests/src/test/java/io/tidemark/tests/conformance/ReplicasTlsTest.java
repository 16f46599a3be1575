package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tidemark.deploy.http.EtcdTls;
import io.tidemark.deploy.http.TlsFiles;
import io.tidemark.tests.platform.Authority;
import io.tidemark.tests.platform.Authority.Pair;
import io.tidemark.tests.ports.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that let in nobody without a certificate, each other neither. */
class ReplicasTlsTest {
    private static final Answer NO_LEADER = new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: no leader");

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private Path folder;

    private final SharedLogs logs = new SharedLogs();

    @Test
    void callsAreHandedOnByTlsAndNoNodeIsTakenForAUser() throws Exception {
        Authority authority = Authority.create(folder, "authority");
        Pair client = authority.issue("root");
        int writing = FreePorts.next();
        int following = FreePorts.next();
        logs.elect("127.0.0.1:" + writing);
        try (StoreEndpoint writer = node(authority, writing);
                StoreEndpoint follower = node(authority, following);
                GrpcEndpoint endpoint = GrpcEndpoint.certified(follower.port(), authority, client)) {
            assertThat(writer.port()).isEqualTo(writing);
            Ask.done(endpoint, Ask.put("a", "x"));
            Ask.enableUsers(endpoint, "r");
            Ask.answer(endpoint, Ask.range("a")); // whether users matter is known here, too

            assertThat(Ask.answer(endpoint, Ask.put("a", "y")))
                    .as("the node's own certificate is not the client's")
                    .isEqualTo(NO_LEADER);
            String token = Ask.token(endpoint, "r");
            assertThat(endpoint.call(
                            "etcdserverpb.KV/Put", Ask.put("a", "y").build().toByteArray(), token))
                    .isInstanceOf(Answer.Bytes.class);
        }
    }

    private StoreEndpoint node(Authority authority, int port) throws Exception {
        Pair own = authority.issue("node" + port);
        TlsFiles files =
                new TlsFiles(own.certificate(), own.key(), Optional.of(authority.certificate()), TlsFiles.Port.ETCD);
        return new StoreEndpoint(
                LOOPS.vertx(),
                folder.resolve("image" + port),
                logs.seen(),
                Map.of("etcd.client-cert-auth", "true", "etcd.port", String.valueOf(port)),
                new EtcdTls(LOOPS.vertx(), files, Duration.ofMinutes(1)).options());
    }
}
