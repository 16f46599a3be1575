package io.tidemark.deploy.http;

import io.tidemark.deploy.StartFailure;
import io.tidemark.deploy.StartFailure.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
     * @throws StartFailure INSECURE_LISTEN
     */
    public HttpSettings guarded(boolean insecure) {
        if (tls.isEmpty() && !insecure && !isLoopback()) {
            throw new StartFailure(
                    Kind.INSECURE_LISTEN,
                    "http.host " + host + " can be reached from other machines, and there is no TLS",
                    "set http.tls.cert.file and http.tls.key.file; or --insecure-listen, when something in front of"
                            + " Tidemark keeps others out");
        }
        return this;
    }

    private boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    Kind.INSECURE_LISTEN,
                    "http.host " + host + " is no address of this machine",
                    "set http.host to an address or name of this machine, or leave it at 127.0.0.1",
                    e);
        }
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }
}
