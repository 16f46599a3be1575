package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.deploy.StartFailure;
import io.tidemark.deploy.StartFailure.Kind;
import io.tidemark.deploy.http.HttpEdge;
import io.tidemark.deploy.http.HttpSettings;
import io.tidemark.deploy.http.TlsFiles;
import io.tidemark.tests.platform.Authority.Pair;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told before the start about files that the HTTP server cannot use. */
class TlsFilesTest {
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    private static Path folder;

    private static Authority authority;
    private static Pair good;
    private static Pair other;

    @BeforeAll
    static void issue() throws Exception {
        authority = Authority.create(folder, "authority");
        good = authority.issue("good");
        other = authority.issue("other");
    }

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void takesAPairAndAClientCa() {
        assertThat(edge(good.certificate(), good.key(), Optional.of(authority.certificate()))
                        .address())
                .startsWith("https://");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertUnusable(folder.resolve("none.crt"), good.key(), "http.tls.cert.file", "none.crt does not exist");
        assertUnusable(good.certificate(), folder.resolve("none.key"), "http.tls.key.file", "none.key does not exist");
    }

    @Test
    void tellsWhenACertificateEnded() throws Exception {
        Pair expired = authority.issueExpired("expired");

        assertUnusable(expired.certificate(), expired.key(), "expired.crt", "CN=expired ended at ");
    }

    @Test
    void tellsAKeyOfAnotherCertificate() {
        assertUnusable(good.certificate(), other.key(), "other.key is not the key of the certificate in", "good.crt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"})
    void tellsWhatIsNoPem(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.pem"), text);

        assertUnusable(file, good.key(), "bad.pem: expected PEM certificates");
        assertUnusable(good.certificate(), file, "bad.pem: expected a PEM private key");
        assertThatThrownBy(() -> edge(good.certificate(), good.key(), Optional.of(file)))
                .hasMessageContaining("audit.door.client.ca.file " + file + ": expected PEM certificates");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
    void opensNoPlainHttpToOthersUnlessSomebodySaysSo(String host) {
        HttpSettings settings = new HttpSettings(host, 0, Optional.empty(), Duration.ofSeconds(1));

        assertThatThrownBy(() -> settings.guarded(false))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.INSECURE_LISTEN))
                .hasMessageContaining(host);
        assertThat(settings.guarded(true)).isEqualTo(settings);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.8.8.8"})
    void needsNoPermissionForLoopback(String host) {
        HttpSettings settings = new HttpSettings(host, 0, Optional.empty(), Duration.ofSeconds(1));

        assertThat(settings.guarded(false)).isEqualTo(settings);
    }

    private static void assertUnusable(Path certificate, Path key, String... words) {
        assertThatThrownBy(() -> edge(certificate, key, Optional.empty()))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TLS_UNUSABLE))
                .hasMessageContainingAll(words);
    }

    private static HttpEdge edge(Path certificate, Path key, Optional<Path> clientCa) {
        TlsFiles files = new TlsFiles(certificate, key, clientCa, TlsFiles.Port.HTTP);
        return new HttpEdge(VERTX, new HttpSettings("127.0.0.1", 0, Optional.of(files), Duration.ofSeconds(1)));
    }
}
