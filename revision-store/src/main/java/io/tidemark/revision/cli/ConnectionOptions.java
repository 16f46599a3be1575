package io.tidemark.revision.cli;

import io.tidemark.revision.client.ClientSettings;
import io.tidemark.revision.client.ClientSettings.Login;
import io.tidemark.revision.client.ClientSettings.Tls;
import io.tidemark.revision.client.Endpoint;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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

    EtcdClient connect() {
        return new EtcdClient(settings());
    }

    private ClientSettings settings() {
        Stream.of(Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key))
                .flatMap(Optional::stream)
                .filter(file -> !Files.isReadable(file))
                .forEach(file -> {
                    throw new CommandFailure(Kind.USAGE, file + " cannot be read", "name a PEM file");
                });
        try {
            Tls tls = new Tls(
                    Optional.ofNullable(ca), Optional.ofNullable(certificate), Optional.ofNullable(key), unverified);
            return new ClientSettings(
                    endpoints.stream()
                            .map(text -> Endpoint.parse(text.strip()))
                            .map(endpoint -> implied(endpoint, tls))
                            .toList(),
                    tls,
                    login(),
                    dialTimeout,
                    commandTimeout);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    Kind.USAGE,
                    String.valueOf(e.getMessage()),
                    "see --endpoints, --cert and --key, and the variables ETCDCTL_...");
        }
    }

    /** Files for TLS mean TLS, as for etcdctl. */
    private static Endpoint implied(Endpoint endpoint, Tls tls) {
        boolean meant = tls.ca().isPresent() || tls.certificate().isPresent();
        return meant ? new Endpoint(endpoint.host(), endpoint.port(), true) : endpoint;
    }

    private Optional<Login> login() {
        String who = user;
        if (who == null || who.isEmpty()) {
            return Optional.empty();
        }
        if (password != null && !password.isEmpty()) {
            return Optional.of(new Login(who, password));
        }
        int colon = who.indexOf(':');
        return Optional.of(
                colon < 0 ? new Login(who, asked()) : new Login(who.substring(0, colon), who.substring(colon + 1)));
    }

    private static String asked() {
        char[] typed = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> console.readPassword("Password: "))
                .orElseThrow(() -> new CommandFailure(
                        Kind.USAGE, "--user has no password", "write --user name:password, or give --password"));
        return new String(typed);
    }
}
