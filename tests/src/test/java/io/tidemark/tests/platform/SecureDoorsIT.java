package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.service.ClientTls;
import io.tidemark.tests.oracle.AuditLog;
import io.tidemark.tests.oracle.ShopRecording;
import io.tidemark.tests.platform.Authority.Pair;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution behind TLS, with audit doors that want to know who is there: as a kube-apiserver finds it. */
class SecureDoorsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String TOKEN = "open-sesame";

    @TempDir
    private static Path folder;

    private static Authority servers;
    private static Authority clients;
    private static Pair served;
    private static Pair apiserver;
    private static PlatformProcess platform;
    private static URI base;
    private static String list;

    @BeforeAll
    static void start() throws Exception {
        servers = Authority.create(folder, "servers");
        clients = Authority.create(folder, "clients");
        served = servers.issue("server");
        apiserver = clients.issue("apiserver-shop");
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        platform = PlatformProcess.start(
                folder.resolve("data"),
                settings(
                        "http.tls.cert.file=" + served.certificate(),
                        "http.tls.key.file=" + served.key(),
                        "http.tls.reload.interval=200ms",
                        "audit.door.client.ca.file=" + clients.certificate(),
                        "audit.door.clients=shop=apiserver-shop",
                        "audit.door.token.file=" + token));
        base = URI.create("https://127.0.0.1:" + platform.baseUri().getPort());
        list = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":["
                + AuditLog.read(ShopRecording.audit()).getFirst() + "]}";
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(client(Optional.empty()), "/readyz").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void letsAnApiserverInByTheClientCertificateOfItsKubeconfig() throws Exception {
        HttpResponse<String> answer = post(client(Optional.of(apiserver)), "shop", "");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.version()).as("negotiated, as Go's client does").isEqualTo(HttpClient.Version.HTTP_2);
    }

    @Test
    void letsACertificateSpeakForItsClusterOnly() throws Exception {
        HttpResponse<String> other = post(client(Optional.of(apiserver)), "prod", "");

        assertThat(other.statusCode()).isEqualTo(403);
        assertThat(other.body()).contains("audit.door.clients has no prod=apiserver-shop");
        assertThat(post(client(Optional.of(clients.issue("stranger"))), "shop", "")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void wantsACertificateOrTheToken() throws Exception {
        HttpResponse<String> nobody = post(client(Optional.empty()), "shop", "");

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(nobody.body()).contains("audit.door.token.file", "audit.door.client.ca.file");
        assertThat(nobody.headers().firstValue("WWW-Authenticate")).isPresent();
        assertThat(post(client(Optional.empty()), "shop", "wrong").statusCode()).isEqualTo(401);
        assertThat(post(client(Optional.empty()), "prod", TOKEN).statusCode()).isEqualTo(200);
    }

    @Test
    void doesNotKnowCertificatesOfAnotherAuthority() throws Exception {
        Pair forged = servers.issue("apiserver-shop-forged");

        assertThat(post(client(Optional.of(forged)), "shop", "").statusCode()).isEqualTo(401);
    }

    @Test
    void takesUploadsOfTheCommandLine() throws Exception {
        Path log = Files.writeString(
                folder.resolve("audit.log"),
                AuditLog.read(ShopRecording.audit()).get(1) + "\n");
        List<String> common = List.of("--server", base.toString(), "--cluster", "shop", log.toString());

        assertThat(ingest(common)).startsWith("4: ").contains("name the server's CA with --ca");
        assertThat(ingest(common, "--ca", servers.certificate().toString()))
                .startsWith("1: ")
                .contains("the server refused");
        assertThat(ingest(
                        common,
                        "--ca",
                        servers.certificate().toString(),
                        "--cert",
                        apiserver.certificate().toString(),
                        "--key",
                        apiserver.key().toString()))
                .startsWith("0: ")
                .contains("1 accepted");
    }

    @Test
    void servesANewCertificateWithoutARestartAndKeepsTheOldOneWhenTheNewIsBroken() throws Exception {
        Pair next = servers.issue("next");
        replace(next.certificate(), served.certificate());
        await().atMost(PATIENCE).until(() -> ready().contains("is not the key of the certificate"));
        assertThat(subject()).isEqualTo("CN=server");
        replace(next.key(), served.key());
        await().atMost(PATIENCE).until(() -> subject().equals("CN=next"));
        assertThat(ready()).contains("[+]http ok\n");
    }

    private static void replace(Path from, Path to) throws IOException {
        Path copy = Files.copy(from, to.resolveSibling(to.getFileName() + ".new"), StandardCopyOption.REPLACE_EXISTING);
        Files.move(copy, to, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String ready() throws Exception {
        return get(client(Optional.empty()), "/readyz?verbose").body();
    }

    private static String subject() throws Exception {
        HttpResponse<String> answer = get(client(Optional.empty()), "/livez");
        X509Certificate certificate =
                (X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0];
        return certificate.getSubjectX500Principal().getName();
    }

    /** A client of its own each time: it must not find a connection or a TLS session to go on with. */
    private static HttpClient client(Optional<Pair> shown) throws IOException {
        ClientTls tls =
                new ClientTls(Optional.of(servers.certificate()), shown.map(Pair::certificate), shown.map(Pair::key));
        return HttpClient.newBuilder().sslContext(tls.context()).build();
    }

    private static HttpResponse<String> get(HttpClient client, String path) throws IOException, InterruptedException {
        try (client) {
            return client.send(
                    HttpRequest.newBuilder(base.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static HttpResponse<String> post(HttpClient client, String cluster, String token)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/audit/" + cluster))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(list));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try (client) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    /** Exit code and what was said. */
    private static String ingest(List<String> common, String... more) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(PlatformProcess.distribution().toString(), "ingest"));
        command.addAll(List.of(more));
        command.addAll(common);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + ": " + said;
    }

    private static String[] settings(String... settings) {
        List<String> options = new ArrayList<>();
        for (String setting : settings) {
            options.addAll(List.of("--set", setting));
        }
        return options.toArray(String[]::new);
    }
}
