package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.tidemark.deploy.http.EtcdTls;
import io.tidemark.deploy.http.TlsFiles;
import io.tidemark.service.ClientTls;
import io.tidemark.service.Health;
import io.tidemark.tests.platform.Authority;
import io.tidemark.tests.platform.Authority.Pair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The etcd port behind TLS: who gets in, and as which user. What a real etcd does was looked at with the same questions. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StoreTlsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private static Authority authority;
    private static Pair served;
    private static Pair root;
    private static EtcdTls tls;
    private static StoreEndpoint store;

    @BeforeAll
    static void begin() throws Exception {
        authority = Authority.create(folder, "authority");
        served = authority.issue("server");
        root = authority.issue("root");
        TlsFiles files = new TlsFiles(
                served.certificate(), served.key(), Optional.of(authority.certificate()), TlsFiles.Port.ETCD);
        tls = new EtcdTls(LOOPS.vertx(), files, Duration.ofMillis(100));
        store = new StoreEndpoint(
                LOOPS.vertx(), folder.resolve("image"), Map.of("etcd.client-cert-auth", "true"), tls.options());
        tls.of(List.of(store.store())).start();
    }

    @AfterAll
    static void end() throws Exception {
        tls.close();
        store.close();
    }

    @Test
    @Order(1)
    void whoShowsNoCertificateDoesNotGetIn() throws Exception {
        assertThatThrownBy(() -> get(client(Optional.empty()), "/version")).isInstanceOf(IOException.class);
        assertThat(get(client(Optional.of(root)), "/health").version()).isEqualTo(HttpClient.Version.HTTP_2);
        try (HttpClient older = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(client(Optional.of(root)).context())
                .build()) {
            assertThat(older.send(request("/health").build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    @Order(2)
    void theCommonNameIsTheUserUnlessThereIsAToken() throws Exception {
        try (GrpcEndpoint asRoot = GrpcEndpoint.certified(store.port(), authority, root);
                GrpcEndpoint asServer = GrpcEndpoint.certified(store.port(), authority, served)) {
            Ask.enableUsers(asRoot, "r");

            Ask.done(asRoot, Ask.put("a", "x"));
            assertThat(Ask.answer(asServer, Ask.put("a", "x")))
                    .isEqualTo(new Answer.Refusal(Status.Code.PERMISSION_DENIED, "etcdserver: permission denied"));
            String token = Ask.token(asServer, "r");
            assertThat(asServer.call(
                            "etcdserverpb.KV/Put", Ask.put("a", "y").build().toByteArray(), token))
                    .isInstanceOf(Answer.Bytes.class);
        }
    }

    @Test
    @Order(3)
    void theGatewayTakesNoUserFromACertificateAndSaysSo() throws Exception {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(client(Optional.of(root)).context())
                .build()) {
            HttpResponse<String> answer = client.send(
                    request("/v3/kv/range")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"key\":\"YQ==\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo("CommonName of client sending a request against gateway will be ignored and not used as"
                            + " expected\n");
        }
    }

    @Test
    @Order(4)
    void newCertificatesAreServedWithoutARestartAndTheOldOnesWhileTheNewAreBroken() throws Exception {
        Path key = Files.copy(root.key(), folder.resolve("kept.key"));
        replace(root.certificate(), served.certificate());
        await().atMost(PATIENCE).until(() -> tls.check() instanceof Health.Degraded);
        assertThat(subject()).isEqualTo("CN=server");

        replace(key, served.key());
        await().atMost(PATIENCE).until(() -> subject().equals("CN=root"));
        assertThat(tls.check()).isEqualTo(Health.UP);
    }

    private static void replace(Path from, Path to) throws IOException {
        Path copy = Files.copy(from, to.resolveSibling(to.getFileName() + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String subject() throws Exception {
        X509Certificate certificate = (X509Certificate) get(client(Optional.of(root)), "/version")
                .sslSession()
                .orElseThrow()
                .getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    private static ClientTls client(Optional<Pair> shown) {
        return new ClientTls(Optional.of(authority.certificate()), shown.map(Pair::certificate), shown.map(Pair::key));
    }

    /** By a client of its own each time: it must not find a connection or a TLS session to go on with. */
    private static HttpResponse<String> get(ClientTls shown, String path) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(shown.context()).build()) {
            return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + store.port() + path));
    }
}
