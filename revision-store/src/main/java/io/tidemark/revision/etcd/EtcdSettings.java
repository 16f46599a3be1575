package io.tidemark.revision.etcd;

import io.vertx.core.net.ServerSSLOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the port is, and what it may take.
 *
 * @param name of the node, for people
 * @param listening where and how it listens
 * @param eventLoops connections are spread over these
 * @param quota bytes that the store may take, to be told
 * @param tokens how users are known again
 * @param readThreads lists that are read at the same time
 * @param readsWaiting lists that may wait for a thread; further ones are refused
 * @param answerMemory bytes of long answers that clients do not have yet; further ones are refused
 * @param requestMemory bytes of large requests that arrive or wait to be answered; further ones are refused
 * @param patience how long the log may take to answer
 * @param slow calls that take as long are told of in the process's log
 */
public record EtcdSettings(
        String name,
        Listening listening,
        int eventLoops,
        long quota,
        Tokens tokens,
        int readThreads,
        int readsWaiting,
        long answerMemory,
        long requestMemory,
        Duration patience,
        Duration slow) {
    /**
     * Where and how it listens.
     *
     * @param host address to listen on
     * @param port to listen on; 0 for any that is free
     * @param advertised host that clients are told to come to
     * @param tls null for none
     * @param certifiedUsers whether who shows no token is the user that the client certificate names
     */
    public record Listening(
            String host,
            int port,
            String advertised,
            @Nullable ServerSSLOptions tls,
            boolean certifiedUsers) {
        String scheme() {
            return tls == null ? "http://" : "https://";
        }

        /** The address of a port on a host of this name or address. */
        public String url(String reached, int open) {
            return scheme() + authority(reached, open);
        }

        /** Where others are told to come to, when the port was not left open: {@code host:port}. */
        public String advertisedAddress() {
            return authority(advertised, port);
        }

        /** In brackets, an address of IPv6 can be told from the port. */
        private static String authority(String host, int port) {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * How users are known again.
     *
     * @param ttl for so long a token holds after it was used; a signed one, after it was given out
     * @param signing empty: tokens are known to the node that gave them out, and to nobody else
     * @param cost of the hash of a password; each one more doubles the work
     */
    public record Tokens(Duration ttl, Optional<Signing> signing, int cost) {}

    /**
     * How tokens are signed.
     *
     * @param algorithm as JWTs name it
     * @param key file with what signs
     * @param publicKey file with what verifies
     */
    public record Signing(String algorithm, Optional<Path> key, Optional<Path> publicKey) {
        /** @throws IllegalArgumentException when the files cannot be used; says what to do */
        public void check() {
            SignedTokens.of(this, Duration.ofMinutes(1));
        }
    }
}
