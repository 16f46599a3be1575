package io.tidemark.revision.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a client reaches servers and who it is.
 *
 * @param endpoints of one keyspace, asked in this order
 * @param login empty: nobody
 * @param connect how long one server may take to accept a connection
 * @param patience how long an answer may take
 */
public record ClientSettings(
        List<Endpoint> endpoints, Tls tls, Optional<Login> login, Duration connect, Duration patience) {
    /** @throws IllegalArgumentException when some endpoints want TLS and others do not */
    public ClientSettings {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("expected an endpoint, found none");
        }
        if (endpoints.stream().map(Endpoint::tls).distinct().count() > 1) {
            throw new IllegalArgumentException("expected endpoints that are all https or none, found " + endpoints);
        }
    }

    /**
     * How servers are known, and the client to them; PEM files.
     *
     * @param ca empty: as Java trusts
     * @param unverified whoever answers is believed
     */
    public record Tls(Optional<Path> ca, Optional<Path> certificate, Optional<Path> key, boolean unverified) {
        /** @throws IllegalArgumentException when only one of certificate and key is given */
        public Tls {
            if (certificate.isPresent() != key.isPresent()) {
                throw new IllegalArgumentException(
                        "a client certificate and its key belong together: give both or neither");
            }
        }
    }

    /** A user of the store. */
    public record Login(String name, String password) {
        @Override
        public String toString() {
            return "Login[" + name + "]";
        }
    }
}
