package io.tidemark.query.cli;

import io.tidemark.service.ClientTls;
import io.tidemark.service.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which Tidemark is asked. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_SERVER:-http://127.0.0.1:7400}",
            description = "address of Tidemark; default: $TIDEMARK_SERVER, then http://127.0.0.1:7400")
    private String server = "";

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file with whom to trust at an https server; default: Java's own list")
    private @Nullable Path ca;

    ApiClient connect() {
        try {
            URI uri = URI.create(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return new ApiClient(uri, tls());
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address of another kind
        }
        throw new CommandFailure(
                CommandFailure.Kind.USAGE,
                "'" + server + "' is no address of a server",
                "it looks like http://127.0.0.1:7400; see --server and $TIDEMARK_SERVER");
    }

    private SSLContext tls() {
        try {
            return new ClientTls(Optional.ofNullable(ca), Optional.empty(), Optional.empty()).context();
        } catch (IOException e) {
            throw new CommandFailure(
                    CommandFailure.Kind.USAGE, "--ca " + ca + " cannot be used: " + e.getMessage(), "name a PEM file");
        }
    }
}
