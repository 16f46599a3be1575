package io.tidemark.revision.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signed tokens against Java's own signatures. */
class SignedTokensTest {
    private static final User ANN = new User("ann", "hash", false, List.of());
    private static final long FUTURE = Instant.now().plusSeconds(3_600).getEpochSecond();
    private static final String CLAIMS = "{\"username\":\"ann\",\"revision\":7,\"exp\":" + FUTURE + "}";

    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair EC = pair("EC", 256);
    private static final KeyPair ED = pair("Ed25519", 255);

    @TempDir
    private Path folder;

    private static KeyPair pair(String kind, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pairFor(String algorithm) {
        return switch (algorithm) {
            case "ES256" -> EC;
            case "EdDSA" -> ED;
            default -> RSA;
        };
    }

    private Optional<Path> file(String name, String kind, Key key) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        String pem = "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n";
        return Optional.of(Files.writeString(folder.resolve(name), pem));
    }

    private SignedTokens tokens(String algorithm, KeyPair pair) throws IOException {
        return SignedTokens.of(
                new EtcdSettings.Signing(
                        algorithm,
                        file("key", "PRIVATE KEY", pair.getPrivate()),
                        file("public", "PUBLIC KEY", pair.getPublic())),
                Duration.ofMinutes(5));
    }

    private static String unsigned(String algorithm, String claims) {
        return base64(("{\"alg\":\"" + algorithm + "\"}").getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String signed(String unsigned, String java, PrivateKey key) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(java);
        signature.initSign(key);
        signature.update(unsigned.getBytes(UTF_8));
        return unsigned + "." + base64(signature.sign());
    }

    private static String mac(String unsigned, byte[] secret) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        return unsigned + "." + base64(mac.doFinal(unsigned.getBytes(UTF_8)));
    }

    private static Identity shown(Tokens tokens, String token) {
        return tokens.of(token, Auth.NONE, 0);
    }

    @ParameterizedTest
    @CsvSource({"RS256,SHA256withRSA", "ES256,SHA256withECDSAinP1363Format", "EdDSA,Ed25519"})
    void saysWhoItsUserIsWhoeverSignedIt(String algorithm, String java) throws Exception {
        KeyPair pair = pairFor(algorithm);
        SignedTokens tokens = tokens(algorithm, pair);
        String own = Objects.requireNonNull(tokens.issue(ANN, 7, 1, 0));

        assertThat(shown(tokens, own)).isEqualTo(new Identity("ann", 7));
        assertThat(shown(tokens, signed(unsigned(algorithm, CLAIMS), java, pair.getPrivate())))
                .isEqualTo(new Identity("ann", 7));
        int dot = own.lastIndexOf('.');
        Signature signature = Signature.getInstance(java);
        signature.initVerify(pair.getPublic());
        signature.update(own.substring(0, dot).getBytes(UTF_8));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(own.substring(dot + 1))))
                .isTrue();
    }

    @Test
    void aSecretSignsToo() throws Exception {
        byte[] secret = "short".getBytes(UTF_8);
        Path file = Files.write(folder.resolve("secret"), secret);
        SignedTokens tokens = SignedTokens.of(
                new EtcdSettings.Signing("HS256", Optional.of(file), Optional.empty()), Duration.ofMinutes(5));

        assertThat(shown(tokens, mac(unsigned("HS256", CLAIMS), secret))).isEqualTo(new Identity("ann", 7));
        assertThat(shown(tokens, mac(unsigned("HS256", CLAIMS), "other".getBytes(UTF_8)))
                        .isStranger())
                .isTrue();
    }

    @Test
    void isVoidWhenOverOrNotSignedAsItHasToBe() throws Exception {
        SignedTokens tokens = tokens("RS256", RSA);
        String over = CLAIMS.replace(String.valueOf(FUTURE), "1000000000");
        String nobody = "{\"revision\":7,\"exp\":" + FUTURE + "}";
        String noRevision = "{\"username\":\"ann\",\"exp\":" + FUTURE + "}";
        for (String claims : List.of(over, nobody, noRevision)) {
            assertThat(shown(tokens, signed(unsigned("RS256", claims), "SHA256withRSA", RSA.getPrivate()))
                            .isStranger())
                    .as(claims)
                    .isTrue();
        }
        PrivateKey other = pair("RSA", 2048).getPrivate();
        for (String token : List.of(
                "abcdefghijklmnop.7",
                "",
                unsigned("none", CLAIMS) + ".",
                mac(unsigned("HS256", CLAIMS), RSA.getPublic().getEncoded()),
                signed(unsigned("RS512", CLAIMS), "SHA512withRSA", RSA.getPrivate()),
                signed(unsigned("RS256", CLAIMS), "SHA256withRSA", other))) {
            assertThat(shown(tokens, token).isStranger()).as(token).isTrue();
        }
    }

    @Test
    void withoutTheKeyNoneIsGivenOut() throws Exception {
        SignedTokens tokens = SignedTokens.of(
                new EtcdSettings.Signing("RS256", Optional.empty(), file("public", "PUBLIC KEY", RSA.getPublic())),
                Duration.ofMinutes(5));

        assertThat(tokens.issue(ANN, 7, 1, 0)).isNull();
        assertThat(shown(tokens, signed(unsigned("RS256", CLAIMS), "SHA256withRSA", RSA.getPrivate())))
                .isEqualTo(new Identity("ann", 7));
    }

    @Test
    void keysThatCannotBeRightAreToldAtTheStart() throws Exception {
        assertThatThrownBy(() -> tokens(
                        "RS256", new KeyPair(RSA.getPublic(), pair("RSA", 2048).getPrivate())))
                .hasMessageContaining("is not of the key");
        assertThatThrownBy(() -> tokens("ES256", RSA)).hasMessageContaining("expected a private key of kind EC");
        assertThatThrownBy(() -> read("ES256", file("key", "PRIVATE KEY", EC.getPrivate()), Optional.empty()))
                .hasMessageContaining("needs etcd.token.public-key.file");
        assertThatThrownBy(() -> read("RS256", file("key", "RSA PRIVATE KEY", RSA.getPrivate()), Optional.empty()))
                .hasMessageContaining("openssl pkcs8");
        assertThatThrownBy(() -> read("HS256", Optional.empty(), Optional.empty()))
                .hasMessageContaining("needs etcd.token.key.file");
        assertThatThrownBy(() -> read("RS256", Optional.of(folder.resolve("none")), Optional.empty()))
                .hasMessageContaining("none cannot be read");
    }

    private static void read(String algorithm, Optional<Path> key, Optional<Path> publicKey) {
        SignedTokens.of(new EtcdSettings.Signing(algorithm, key, publicKey), Duration.ofMinutes(5));
    }
}
