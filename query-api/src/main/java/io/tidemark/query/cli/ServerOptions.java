package io.tidemark.query.cli;

import java.net.URI;
import picocli.CommandLine.Option;

/** Which Tidemark is asked. */
final class ServerOptions {
    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_SERVER:-http://127.0.0.1:7400}",
            description = "address of Tidemark; default: $TIDEMARK_SERVER, then http://127.0.0.1:7400")
    private String server = "";

    ApiClient connect() {
        try {
            URI uri = URI.create(server.endsWith("/") ? server.substring(0, server.length() - 1) : server);
            if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
                return new ApiClient(uri);
            }
        } catch (IllegalArgumentException e) {
            // told below, like an address of another kind
        }
        throw new CommandFailure(
                CommandFailure.Kind.USAGE,
                "'" + server + "' is no address of a server",
                "it looks like http://127.0.0.1:7400; see --server and $TIDEMARK_SERVER");
    }
}
