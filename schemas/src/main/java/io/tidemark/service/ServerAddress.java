package io.tidemark.service;

import io.tidemark.service.CommandFailure.Kind;
import java.net.URI;

/** Where a command finds the HTTP port of a Tidemark. */
public final class ServerAddress {
    private ServerAddress() {}

    /**
     * Without a slash at its end.
     *
     * @throws CommandFailure when it is none, with what one looks like
     */
    public static URI parse(String text) {
        try {
            URI uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address of another kind
        }
        throw new CommandFailure(
                Kind.USAGE,
                "'" + text + "' is no address of a server",
                "it looks like http://127.0.0.1:7400; see --server and $TIDEMARK_SERVER");
    }
}
