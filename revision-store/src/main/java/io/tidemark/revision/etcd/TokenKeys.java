package io.tidemark.revision.etcd;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;

/**
 * Keys of signed tokens.
 *
 * @param signing null: tokens are verified here, and given out elsewhere
 */
record TokenKeys(@Nullable Key signing, Key verifying) {
    private static final Pattern PEM = Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]+)-----END \\1-----");

    /**
     * Reads the keys for an algorithm.
     *
     * @throws IllegalArgumentException when they are not there, of another kind or no pair; says what to do
     */
    static TokenKeys read(EtcdSettings.Signing settings) {
        Optional<Path> own = settings.key();
        if (settings.algorithm().startsWith("HS")) {
            byte[] secret = bytes(own.orElseThrow(() -> missing(settings, "etcd.token.key.file, the secret")));
            if (secret.length == 0) {
                throw new IllegalArgumentException(own.get() + " is empty: expected a secret");
            }
            Key key = new HmacKey(secret);
            return new TokenKeys(key, key);
        }
        String kind = kind(settings.algorithm());
        PrivateKey signing = own.map(file -> privateKey(file, kind)).orElse(null);
        PublicKey given =
                settings.publicKey().map(file -> publicKey(file, kind)).orElse(null);
        PublicKey verifying = given == null && signing instanceof RSAPrivateCrtKey rsa ? publicHalf(rsa) : given;
        if (verifying == null) {
            throw missing(settings, "etcd.token.public-key.file; with RSA, etcd.token.key.file is enough");
        }
        return new TokenKeys(signing, verifying);
    }

    private static IllegalArgumentException missing(EtcdSettings.Signing settings, String what) {
        return new IllegalArgumentException("etcd.token.sign-method " + settings.algorithm() + " needs " + what);
    }

    private static String kind(String algorithm) {
        if (algorithm.startsWith("ES")) {
            return "EC";
        }
        return algorithm.equals("EdDSA") ? "Ed25519" : "RSA";
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " cannot be read: expected a key of tokens", e);
        }
    }

    private static Matcher pem(Path file) {
        Matcher pem = PEM.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IllegalArgumentException(file + " is no PEM file");
        }
        return pem;
    }

    private static byte[] der(Matcher pem) {
        return Base64.getMimeDecoder().decode(pem.group(2));
    }

    private static PrivateKey privateKey(Path file, String kind) {
        Matcher pem = pem(file);
        if (!pem.group(1).equals("PRIVATE KEY")) {
            throw new IllegalArgumentException(file + ": expected PRIVATE KEY, found " + pem.group(1)
                    + "; convert it with `openssl pkcs8 -topk8 -nocrypt`");
        }
        try {
            return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(der(pem)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": expected a private key of kind " + kind, e);
        }
    }

    /** Or the one in a certificate. */
    private static PublicKey publicKey(Path file, String kind) {
        Matcher pem = pem(file);
        try {
            if (pem.group(1).equals("CERTIFICATE")) {
                return CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der(pem)))
                        .getPublicKey();
            }
            if (pem.group(1).equals("PUBLIC KEY")) {
                return KeyFactory.getInstance(kind).generatePublic(new X509EncodedKeySpec(der(pem)));
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": expected a public key of kind " + kind, e);
        }
        throw new IllegalArgumentException(file + ": expected PUBLIC KEY or CERTIFICATE, found " + pem.group(1));
    }

    private static PublicKey publicHalf(RSAPrivateCrtKey key) {
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }
}
