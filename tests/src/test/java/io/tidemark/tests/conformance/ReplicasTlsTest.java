package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.tidemark.deploy.http.EtcdTls;
import io.tidemark.deploy.http.TlsFiles;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import io.tidemark.tests.platform.Authority;
import io.tidemark.tests.platform.Authority.Pair;
import io.tidemark.tests.platform.PlatformProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that let in nobody without a certificate, each other neither. */
class ReplicasTlsTest {
    private static final Answer NO_LEADER = new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: no leader");

    @TempDir
    private Path folder;

    private final SharedLogs logs = new SharedLogs();

    @Test
    void callsAreHandedOnByTlsAndNoNodeIsTakenForAUser() throws Exception {
        Vertx vertx = Vertx.vertx();
        Authority authority = Authority.create(folder, "authority");
        Pair client = authority.issue("root");
        int writing = PlatformProcess.freePort();
        int following = PlatformProcess.freePort();
        logs.elect("127.0.0.1:" + writing);
        try (StoreEndpoint writer = node(vertx, authority, writing);
                StoreEndpoint follower = node(vertx, authority, following);
                GrpcEndpoint endpoint = grpc(follower.port(), authority, client)) {
            assertThat(writer.port()).isEqualTo(writing);
            assertThat(ask(endpoint, Ask.put("a", "x"))).isInstanceOf(Answer.Bytes.class);
            ask(endpoint, AuthUserAddRequest.newBuilder().setName("root").setPassword("r"));
            ask(endpoint, AuthRoleAddRequest.newBuilder().setName("root"));
            ask(endpoint, AuthUserGrantRoleRequest.newBuilder().setUser("root").setRole("root"));
            assertThat(ask(endpoint, AuthEnableRequest.newBuilder())).isInstanceOf(Answer.Bytes.class);
            ask(endpoint, Ask.range("a")); // whether users matter is known here, too

            assertThat(ask(endpoint, Ask.put("a", "y")))
                    .as("the node's own certificate is not the client's")
                    .isEqualTo(NO_LEADER);
            Answer.Bytes known = (Answer.Bytes) ask(
                    endpoint, AuthenticateRequest.newBuilder().setName("root").setPassword("r"));
            String token =
                    Ask.parsed(AuthenticateResponse.parser(), known.message()).getToken();
            assertThat(endpoint.call(
                            "etcdserverpb.KV/Put", Ask.put("a", "y").build().toByteArray(), token))
                    .isInstanceOf(Answer.Bytes.class);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    private StoreEndpoint node(Vertx vertx, Authority authority, int port) throws Exception {
        Pair own = authority.issue("node" + port);
        TlsFiles files =
                new TlsFiles(own.certificate(), own.key(), Optional.of(authority.certificate()), TlsFiles.Port.ETCD);
        return new StoreEndpoint(
                vertx,
                folder.resolve("image" + port),
                logs.seen(),
                Map.of("etcd.client-cert-auth", "true", "etcd.port", String.valueOf(port)),
                new EtcdTls(vertx, files, Duration.ofMinutes(1)).options());
    }

    private static GrpcEndpoint grpc(int port, Authority authority, Pair shown) throws IOException {
        SslContext context = GrpcSslContexts.configure(
                        SslContextBuilder.forClient()
                                .trustManager(authority.certificate().toFile())
                                .keyManager(
                                        shown.certificate().toFile(),
                                        shown.key().toFile()),
                        SslProvider.JDK)
                .build();
        return new GrpcEndpoint(port, context);
    }

    private static Answer ask(GrpcEndpoint endpoint, Message.Builder request) {
        Message message = request.build();
        return endpoint.call(EtcdMethod.taking(message).path(), message.toByteArray());
    }
}
