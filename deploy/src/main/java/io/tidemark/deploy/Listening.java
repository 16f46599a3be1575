package io.tidemark.deploy;

import io.tidemark.deploy.http.HttpSettings;
import io.tidemark.deploy.http.TlsFiles;
import io.tidemark.ingest.door.IngestConfig;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import java.nio.file.Path;
import java.util.Optional;

/** Where and how this configuration lets the HTTP server listen. */
final class Listening {
    private Listening() {}

    /** @throws StartFailure when the configuration contradicts itself, or opens what nobody said should be open */
    static HttpSettings settings(Config config) {
        return new HttpSettings(
                        config.get(DeployConfig.HTTP_HOST),
                        config.get(DeployConfig.HTTP_PORT),
                        tls(config),
                        config.get(DeployConfig.TLS_RELOAD))
                .guarded(config.get(DeployConfig.HTTP_INSECURE));
    }

    private static Optional<TlsFiles> tls(Config config) {
        Optional<Path> certificate = file(config, DeployConfig.TLS_CERT);
        Optional<Path> key = file(config, DeployConfig.TLS_KEY);
        Optional<Path> clientCa = file(config, IngestConfig.CLIENT_CA_FILE);
        if (certificate.isPresent() != key.isPresent()) {
            throw incomplete("only one of http.tls.cert.file and http.tls.key.file is set", "set both, or neither");
        }
        if (certificate.isEmpty() && clientCa.isPresent()) {
            throw incomplete(
                    "audit.door.client.ca.file asks for client certificates, but the HTTP port speaks no TLS",
                    "set http.tls.cert.file and http.tls.key.file as well");
        }
        return certificate.map(path -> new TlsFiles(path, key.orElseThrow(), clientCa));
    }

    private static Optional<Path> file(Config config, ConfigKey<Path> key) {
        return Optional.of(config.get(key)).filter(path -> !path.toString().isEmpty());
    }

    private static StartFailure incomplete(String what, String remedy) {
        return new StartFailure(StartFailure.Kind.TLS_UNUSABLE, what, remedy);
    }
}
