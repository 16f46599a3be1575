package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.deploy.StartFailure.Kind;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.tidemark.service.ConfigLoader;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is refused before the etcd port is opened to others. */
class ListeningTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theEtcdPortIsNotOpenedToOthersWithoutTlsUnlessSomebodySaysSo() {
        assertRefused(Kind.INSECURE_LISTEN, Map.of("etcd.host", "0.0.0.0"), "etcd.host 0.0.0.0", "other machines");
        assertThat(Listening.etcdTls(config(Map.of("etcd.host", "0.0.0.0", "http.insecure-listen", "true")), VERTX))
                .isEmpty();
        assertThat(Listening.etcdTls(config(Map.of()), VERTX)).isEmpty();
    }

    @Test
    void halfOfWhatTlsNeedsIsTold() {
        assertRefused(Kind.TLS_UNUSABLE, Map.of("etcd.tls.cert.file", "a.crt"), "only one of etcd.tls.cert.file");
        assertRefused(Kind.TLS_UNUSABLE, Map.of("etcd.tls.client.ca.file", "ca.crt"), "the port speaks no TLS");
        assertRefused(Kind.TLS_UNUSABLE, Map.of("etcd.client-cert-auth", "true"), "etcd.client-cert-auth", "no CA");
        assertRefused(
                Kind.TLS_UNUSABLE,
                Map.of("etcd.tls.cert.file", "none.crt", "etcd.tls.key.file", "none.key"),
                "etcd.tls.cert.file none.crt does not exist");
    }

    @Test
    void keysOfTokensThatCannotBeUsedAreTold() {
        Listening.requireTokenKeys(config(Map.of()));
        assertTokensRefused(Map.of("etcd.token.key.file", "a.key"), "set, but nothing says how it signs");
        assertTokensRefused(Map.of("etcd.token.sign-method", "ES256"), "needs etcd.token.public-key.file");
        assertTokensRefused(
                Map.of("etcd.token.sign-method", "RS256", "etcd.token.key.file", "none.key"),
                "none.key cannot be read");
    }

    private static void assertTokensRefused(Map<String, String> flags, String words) {
        assertThatThrownBy(() -> Listening.requireTokenKeys(config(flags)))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TOKENS_UNUSABLE))
                .hasMessageContaining(words);
    }

    private static void assertRefused(Kind kind, Map<String, String> flags, String... words) {
        assertThatThrownBy(() -> Listening.etcdTls(config(flags), VERTX))
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessageContainingAll(words);
    }

    private static Config config(Map<String, String> flags) {
        List<ConfigKey<?>> keys = Stream.<ConfigKey<?>>concat(RevisionConfig.KEYS.stream(), DeployConfig.KEYS.stream())
                .toList();
        return new ConfigLoader(keys).flags(flags).load();
    }
}
