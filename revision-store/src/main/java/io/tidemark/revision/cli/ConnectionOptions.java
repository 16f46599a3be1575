package io.tidemark.revision.cli;

import io.tidemark.revision.client.ClientSettings.Login;
import io.tidemark.revision.client.ClientSettings.Tls;
import io.tidemark.revision.client.EtcdClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which store is asked and who asks, with etcdctl's flags and environment variables. */
final class ConnectionOptions {
    @Option(
            names = {"--endpoints", "--endpoint"},
            paramLabel = "HOST:PORT",
            split = ",",
            defaultValue = "${env:ETCDCTL_ENDPOINTS:-127.0.0.1:2379}",
            description = "servers of one keyspace, the first that answers is asked; default: $ETCDCTL_ENDPOINTS, then"
                    + " 127.0.0.1:2379")
    private List<String> endpoints = List.of();

    @Option(
            names = "--user",
            paramLabel = "NAME[:PASSWORD]",
            defaultValue = "${env:ETCDCTL_USER}",
            description = "who asks; the password is asked for when it is not there; default: $ETCDCTL_USER")
    private @Nullable String user;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            defaultValue = "${env:ETCDCTL_PASSWORD}",
            description = "password of --user, which is a name only then; default: $ETCDCTL_PASSWORD")
    private @Nullable String password;

    @Option(
            names = "--cacert",
            paramLabel = "FILE",
            defaultValue = "${env:ETCDCTL_CACERT}",
            description = "PEM file with whom to trust at https endpoints; default: $ETCDCTL_CACERT, then Java's list")
    private @Nullable Path ca;

    @Option(
            names = "--cert",
            paramLabel = "FILE",
            defaultValue = "${env:ETCDCTL_CERT}",
            description = "PEM file with the certificate to show; default: $ETCDCTL_CERT")
    private @Nullable Path certificate;

    @Option(
            names = "--key",
            paramLabel = "FILE",
            defaultValue = "${env:ETCDCTL_KEY}",
            description = "PEM file with that certificate's key; default: $ETCDCTL_KEY")
    private @Nullable Path key;

    @Option(names = "--insecure-skip-tls-verify", description = "believe whoever answers; for tests only")
    private boolean unverified;

    @Option(
            names = "--dial-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:ETCDCTL_DIAL_TIMEOUT:-2s}",
            converter = GoDuration.class,
            description = "how long a server may take to accept a connection; default: 2s")
    private Duration dialTimeout = Duration.ZERO;

    @Option(
            names = "--command-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:ETCDCTL_COMMAND_TIMEOUT:-5s}",
            converter = GoDuration.class,
            description = "how long an answer may take; default: 5s")
    private Duration commandTimeout = Duration.ZERO;

    /** Whom to trust. */
    Optional<Path> ca() {
        return Optional.ofNullable(ca);
    }

    /** Who asks. */
    Optional<Login> login() {
        return Connecting.login(user, password);
    }

    EtcdClient connect() {
        return connect(new Connecting.Times(dialTimeout, commandTimeout));
    }

    /** For what takes as long as there is much. */
    EtcdClient connectPatiently() {
        return connect(new Connecting.Times(dialTimeout, Duration.ZERO));
    }

    private EtcdClient connect(Connecting.Times times) {
        return new EtcdClient(Connecting.settings(
                endpoints,
                () -> new Tls(
                        Optional.ofNullable(ca),
                        Optional.ofNullable(certificate),
                        Optional.ofNullable(key),
                        unverified),
                login(),
                times));
    }
}
