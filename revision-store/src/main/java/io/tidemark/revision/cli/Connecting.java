package io.tidemark.revision.cli;

import io.tidemark.revision.client.ClientSettings;
import io.tidemark.revision.client.ClientSettings.Login;
import io.tidemark.revision.client.ClientSettings.Tls;
import io.tidemark.revision.client.Endpoint;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is said on the command line of a connection, as settings of a client. */
final class Connecting {
    /** An answer may take as long as it takes. */
    static final Times PATIENT = new Times(Duration.ofSeconds(2), Duration.ZERO);

    private Connecting() {}

    /**
     * How long a server may take.
     *
     * @param connect to accept a connection
     * @param patience to answer; zero for as long as it takes
     */
    record Times(Duration connect, Duration patience) {}

    static ClientSettings settings(List<String> endpoints, Supplier<Tls> tls, Optional<Login> login, Times times) {
        try {
            Tls known = tls.get();
            Stream.of(known.ca(), known.certificate(), known.key())
                    .flatMap(Optional::stream)
                    .filter(file -> !Files.isReadable(file))
                    .forEach(Connecting::refuse);
            return new ClientSettings(
                    endpoints.stream()
                            .map(text -> Endpoint.parse(text.strip()))
                            .map(endpoint -> implied(endpoint, known))
                            .toList(),
                    known,
                    login,
                    times.connect(),
                    times.patience());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    Kind.USAGE,
                    String.valueOf(e.getMessage()),
                    "see --endpoints, --cert and --key, and the variables ETCDCTL_...");
        }
    }

    private static void refuse(Path file) {
        throw new CommandFailure(Kind.USAGE, file + " cannot be read", "name a PEM file");
    }

    /** Files for TLS mean TLS, as for etcdctl. */
    private static Endpoint implied(Endpoint endpoint, Tls tls) {
        boolean meant = tls.ca().isPresent() || tls.certificate().isPresent();
        return meant ? new Endpoint(endpoint.host(), endpoint.port(), true) : endpoint;
    }

    /** @param password null when it stands behind the name, or is to be asked for */
    static Optional<Login> login(@Nullable String who, @Nullable String password) {
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
