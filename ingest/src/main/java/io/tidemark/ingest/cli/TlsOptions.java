package io.tidemark.ingest.cli;

import io.tidemark.service.ClientTls;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the command knows an https server, and shows who it is. */
final class TlsOptions {
    @Option(names = "--ca", paramLabel = "FILE", description = "PEM file with whom to trust; default: Java's own list.")
    private @Nullable Path ca;

    @Option(names = "--cert", paramLabel = "FILE", description = "PEM file with the client certificate to show.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "PEM file with the key of --cert.")
    private @Nullable Path key;

    /** @throws IllegalArgumentException when only one of --cert and --key is given */
    ClientTls tls() {
        return new ClientTls(Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key));
    }
}
