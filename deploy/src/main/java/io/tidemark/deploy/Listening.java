package io.tidemark.deploy;

import io.tidemark.deploy.http.EtcdTls;
import io.tidemark.deploy.http.Exposure;
import io.tidemark.deploy.http.HttpSettings;
import io.tidemark.deploy.http.TlsFiles;
import io.tidemark.ingest.door.IngestConfig;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.service.Config;
import io.tidemark.service.ConfigKey;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;

/** Where and how this configuration lets the ports listen. */
final class Listening {
    private Listening() {}

    /** @throws StartFailure when the configuration contradicts itself, or opens what nobody said should be open */
    static HttpSettings settings(Config config) {
        return new HttpSettings(
                        config.get(DeployConfig.HTTP_HOST),
                        config.get(DeployConfig.HTTP_PORT),
                        tls(
                                config,
                                DeployConfig.TLS_CERT,
                                DeployConfig.TLS_KEY,
                                IngestConfig.CLIENT_CA_FILE,
                                TlsFiles.Port.HTTP),
                        config.get(DeployConfig.TLS_RELOAD))
                .guarded(config.get(DeployConfig.HTTP_INSECURE));
    }

    /**
     * The certificates of the etcd ports; empty when they speak no TLS.
     *
     * @throws StartFailure as above, or when the files cannot be used
     */
    static Optional<EtcdTls> etcdTls(Config config, Vertx vertx) {
        Optional<TlsFiles> tls = tls(
                config, RevisionConfig.TLS_CERT, RevisionConfig.TLS_KEY, RevisionConfig.CLIENT_CA, TlsFiles.Port.ETCD);
        if (config.get(RevisionConfig.CLIENT_CERT_AUTH)
                && tls.flatMap(TlsFiles::clientCa).isEmpty()) {
            throw incomplete(
                    "etcd.client-cert-auth takes users from client certificates, but there is no CA of them",
                    "set etcd.tls.client.ca.file as well");
        }
        Exposure.guard(
                "etcd", config.get(RevisionConfig.HOST), tls.isPresent(), config.get(DeployConfig.HTTP_INSECURE));
        return tls.map(files -> new EtcdTls(vertx, files, config.get(DeployConfig.TLS_RELOAD)));
    }

    /** @throws StartFailure TOKENS_UNUSABLE when the keys of the etcd API's tokens cannot be used */
    static void requireTokenKeys(Config config) {
        boolean signed = !config.get(RevisionConfig.TOKEN_SIGNING).isEmpty();
        if (!signed && file(config, RevisionConfig.TOKEN_KEY).isPresent()) {
            throw new StartFailure(
                    StartFailure.Kind.TOKENS_UNUSABLE,
                    "etcd.token.key.file is set, but nothing says how it signs",
                    "set etcd.token.sign-method as well");
        }
        try {
            RevisionConfig.checkFiles(config);
        } catch (IllegalArgumentException e) {
            throw new StartFailure(
                    StartFailure.Kind.TOKENS_UNUSABLE,
                    String.valueOf(e.getMessage()),
                    "`tidemark config explain etcd.token` tells what is needed",
                    e);
        }
    }

    private static Optional<TlsFiles> tls(
            Config config,
            ConfigKey<Path> certificate,
            ConfigKey<Path> key,
            ConfigKey<Path> clientCa,
            TlsFiles.Port port) {
        Optional<Path> certificateFile = file(config, certificate);
        Optional<Path> keyFile = file(config, key);
        Optional<Path> clientCaFile = file(config, clientCa);
        String both = certificate.name() + " and " + key.name();
        if (certificateFile.isPresent() != keyFile.isPresent()) {
            throw incomplete("only one of " + both + " is set", "set both, or neither");
        }
        if (certificateFile.isEmpty() && clientCaFile.isPresent()) {
            throw incomplete(
                    clientCa.name() + " asks for client certificates, but the port speaks no TLS",
                    "set " + both + " as well");
        }
        return certificateFile.map(path -> new TlsFiles(path, keyFile.orElseThrow(), clientCaFile, port));
    }

    private static Optional<Path> file(Config config, ConfigKey<Path> key) {
        return Optional.of(config.get(key)).filter(path -> !path.toString().isEmpty());
    }

    private static StartFailure incomplete(String what, String remedy) {
        return new StartFailure(StartFailure.Kind.TLS_UNUSABLE, what, remedy);
    }
}
