package io.tidemark.query.cli;

import io.tidemark.service.ClientTls;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.ServerAddress;
import java.io.IOException;
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
        return new ApiClient(ServerAddress.parse(server), tls());
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
