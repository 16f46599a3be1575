package io.tidemark.revision.client;

import java.net.URI;

/** Where a server of the etcd API is: {@code 127.0.0.1:2379}, {@code http://etcd:2379}, {@code https://[::1]:2379}. */
public record Endpoint(String host, int port, boolean tls) {
    /** @throws IllegalArgumentException when the text is no address */
    public static Endpoint parse(String text) {
        try {
            URI uri = URI.create(text.contains("://") ? text : "any://" + text);
            boolean known = String.valueOf(uri.getScheme()).matches("any|https?");
            if (known && uri.getHost() != null && uri.getPort() > 0) {
                String host = uri.getHost().replaceAll("^\\[|]$", "");
                return new Endpoint(host, uri.getPort(), "https".equals(uri.getScheme()));
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address of another kind
        }
        throw new IllegalArgumentException(
                "expected an endpoint such as 127.0.0.1:2379 or https://etcd:2379, found '" + text + "'");
    }

    @Override
    public String toString() {
        return (tls ? "https://" : "") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
