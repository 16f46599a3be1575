package io.tidemark.deploy.http;

import io.tidemark.deploy.StartFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The PEM files of a port. They are read whole and proved to belong together before they are used, so that a
 * half-written pair is never served.
 *
 * @param certificate the server's certificate, then those of its issuers
 * @param key the certificate's key, PKCS#8, PKCS#1 or SEC 1
 * @param clientCa who signs client certificates
 * @param port whose they are
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa, Port port) {
    /** The ports that may speak TLS, with the settings that name their files. */
    public enum Port {
        /** Client certificates are asked for, not demanded: pages and API need none, the audit doors look for themselves. */
        HTTP("http.tls.cert.file", "http.tls.key.file", "audit.door.client.ca.file", ClientAuth.REQUEST),
        /** As with etcd, nobody gets in without a client certificate when there is a CA of them. */
        ETCD("etcd.tls.cert.file", "etcd.tls.key.file", "etcd.tls.client.ca.file", ClientAuth.REQUIRED);

        private final String certificate;
        private final String key;
        private final String clientCa;
        private final ClientAuth clients;

        Port(String certificate, String key, String clientCa, ClientAuth clients) {
            this.certificate = certificate;
            this.key = key;
            this.clientCa = clientCa;
            this.clients = clients;
        }
    }

    /**
     * Contents at one moment.
     *
     * @param options as the server takes them
     * @param fingerprint changes when a file does
     * @param until when the server's certificate ends
     */
    record Loaded(ServerSSLOptions options, int fingerprint, Instant until) {}

    /**
     * Reads and checks them.
     *
     * @throws StartFailure TLS_UNUSABLE, naming the file to blame
     */
    Loaded load(Vertx vertx, InstantSource clock) {
        byte[] chain = read(port.certificate, certificate);
        byte[] secret = read(port.key, key);
        X509Certificate leaf = current(port.certificate + " " + certificate, chain, clock);
        PemKeyCertOptions pair =
                new PemKeyCertOptions().addCertValue(Buffer.buffer(chain)).addKeyValue(Buffer.buffer(secret));
        prove(leaf, privateKey(pair, vertx));
        ServerSSLOptions options =
                new ServerSSLOptions().setKeyCertOptions(pair).setUseAlpn(true);
        int fingerprint = 31 * Arrays.hashCode(chain) + Arrays.hashCode(secret);
        if (clientCa.isPresent()) {
            byte[] ca = read(port.clientCa, clientCa.get());
            current(port.clientCa + " " + clientCa.get(), ca, clock);
            fingerprint = 31 * fingerprint + Arrays.hashCode(ca);
            options.setClientAuth(port.clients).setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca)));
        }
        return new Loaded(options, fingerprint, leaf.getNotAfter().toInstant());
    }

    private static byte[] read(String name, Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw unusable(name + " " + file + " does not exist", e);
        } catch (IOException e) {
            throw unusable(name + " " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The first certificate of a file, which must be in its time. */
    private static X509Certificate current(String file, byte[] pem, InstantSource clock) {
        try {
            Collection<?> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (found.isEmpty()) {
                throw unusable(file + ": expected PEM certificates, found none", null);
            }
            X509Certificate first = (X509Certificate) found.iterator().next();
            Instant now = clock.instant();
            if (now.isAfter(first.getNotAfter().toInstant())) {
                throw unusable(
                        file + ": the certificate of " + first.getSubjectX500Principal() + " ended at "
                                + first.getNotAfter().toInstant(),
                        null);
            }
            if (now.isBefore(first.getNotBefore().toInstant())) {
                throw unusable(
                        file + ": the certificate of " + first.getSubjectX500Principal() + " begins only at "
                                + first.getNotBefore().toInstant(),
                        null);
            }
            return first;
        } catch (CertificateException e) {
            throw unusable(file + ": expected PEM certificates: " + e.getMessage(), e);
        }
    }

    @SuppressWarnings("IllegalCatch") // the library declares Exception
    private PrivateKey privateKey(PemKeyCertOptions pair, Vertx vertx) {
        try {
            X509KeyManager manager =
                    (X509KeyManager) pair.getKeyManagerFactory(vertx).getKeyManagers()[0];
            for (String type : new String[] {"RSA", "EC", "EdDSA"}) {
                String[] aliases = manager.getServerAliases(type, null);
                if (aliases != null && aliases.length > 0) {
                    return manager.getPrivateKey(aliases[0]);
                }
            }
        } catch (Exception e) {
            throw unusable(
                    port.key + " " + key + ": expected a PEM private key without password: " + e.getMessage(), e);
        }
        throw unusable(
                port.key + " " + key + ": expected the RSA, EC or EdDSA key of the certificate in " + certificate,
                null);
    }

    /** Signs with the key and verifies with the certificate. */
    private void prove(X509Certificate leaf, PrivateKey secret) {
        String algorithm = switch (secret.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> secret.getAlgorithm();
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(secret);
            byte[] signed = signature.sign();
            signature.initVerify(leaf.getPublicKey());
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw notThePair(e);
        }
        throw notThePair(null);
    }

    private StartFailure notThePair(@Nullable GeneralSecurityException cause) {
        return unusable(port.key + " " + key + " is not the key of the certificate in " + certificate, cause);
    }

    private static StartFailure unusable(String what, @Nullable Exception cause) {
        return new StartFailure(
                StartFailure.Kind.TLS_UNUSABLE,
                what,
                "name PEM files that are whole, in their time and belong together",
                cause);
    }
}
