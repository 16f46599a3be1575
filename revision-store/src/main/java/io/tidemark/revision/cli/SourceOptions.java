package io.tidemark.revision.cli;

import io.tidemark.revision.client.ClientSettings.Tls;
import io.tidemark.revision.client.EtcdClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which etcd is read, and who asks it. */
final class SourceOptions {
    @Option(
            names = "--from",
            paramLabel = "HOST:PORT",
            required = true,
            description = "the etcd to read, or another store with its API")
    private String from = "";

    @Option(
            names = "--from-user",
            paramLabel = "NAME[:PASSWORD]",
            description = "who asks there; the password is asked for when it is not there")
    private @Nullable String user;

    @Option(
            names = "--from-cacert",
            paramLabel = "FILE",
            description = "PEM file with whom to trust there; default: Java's list")
    private @Nullable Path ca;

    @Option(names = "--from-cert", paramLabel = "FILE", description = "PEM file with the certificate to show there")
    private @Nullable Path certificate;

    @Option(names = "--from-key", paramLabel = "FILE", description = "PEM file with that certificate's key")
    private @Nullable Path key;

    EtcdClient connect() {
        return new EtcdClient(Connecting.settings(
                List.of(from),
                () -> new Tls(
                        Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key), false),
                Connecting.login(user, null),
                Connecting.PATIENT));
    }

    @Override
    public String toString() {
        return from;
    }
}
