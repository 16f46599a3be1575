package io.tidemark.deploy.http;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the HTTP server listens, and how.
 *
 * @param port 0 for any free one
 * @param tls its files; empty for plain HTTP
 * @param reload how often the files are looked at
 */
public record HttpSettings(String host, int port, Optional<TlsFiles> tls, Duration reload) {
    /**
     * Refuses what would put plain HTTP on a network without anybody having said so.
     *
     * @param insecure whether somebody said so
     * @throws io.tidemark.deploy.StartFailure INSECURE_LISTEN
     */
    public HttpSettings guarded(boolean insecure) {
        Exposure.guard("http", host, tls.isPresent(), insecure);
        return this;
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
