package io.tidemark.revision.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.User;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that say themselves whose they are, JWTs as etcd's: who has the key can make one, every node with the key or its
 * public half believes it, and a restart does not matter. One is void when its time is over, used or not, or when users and
 * roles changed since.
 *
 * <pre>
 *   {"alg":"ES256"} . {"username":"ann","revision":7,"exp":1764190800} . signature
 * </pre>
 */
final class SignedTokens implements Tokens {
    private static final String USER = "username";
    private static final String REVISION = "revision";

    private final String algorithm;
    private final @Nullable Key signing;
    private final Duration ttl;
    private final JwtConsumer verification;

    /**
     * Reads the keys and tries them.
     *
     * @throws IllegalArgumentException when that does not succeed; says what to do
     */
    static SignedTokens of(EtcdSettings.Signing settings, Duration ttl) {
        SignedTokens tokens = new SignedTokens(settings.algorithm(), TokenKeys.read(settings), ttl);
        try {
            String token = tokens.issue(new User("any", "", true, List.of()), 1, 0, 0);
            if (token != null && tokens.of(token, Auth.NONE, 0).isStranger()) {
                throw new IllegalArgumentException(
                        "etcd.token.public-key.file is not of the key in etcd.token.key.file");
            }
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(
                    "the key of etcd.token.key.file does not sign with " + settings.algorithm(), e);
        }
        return tokens;
    }

    private SignedTokens(String algorithm, TokenKeys keys, Duration ttl) {
        this.algorithm = algorithm;
        this.signing = keys.signing();
        this.ttl = ttl;
        this.verification = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(ConstraintType.PERMIT, algorithm)
                .setVerificationKey(keys.verifying())
                .setRelaxVerificationKeyValidation() // how long a key has to be is for its owner to say, as with etcd
                .setSkipDefaultAudienceValidation()
                .build();
    }

    @Override
    public @Nullable String issue(User user, long revision, long number, long nowNanos) {
        Key key = signing;
        if (key == null) {
            return null;
        }
        JwtClaims claims = new JwtClaims();
        claims.setStringClaim(USER, user.name());
        claims.setClaim(REVISION, revision);
        NumericDate end = NumericDate.now();
        end.addSeconds(ttl.toSeconds());
        claims.setExpirationTime(end);
        JsonWebSignature token = new JsonWebSignature();
        token.setAlgorithmHeaderValue(algorithm);
        token.setPayload(claims.toJson());
        token.setKey(key);
        token.setDoKeyValidation(false);
        try {
            return token.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a token cannot be signed: " + e.getMessage(), e);
        }
    }

    /** That of an earlier revision is refused where the request is decided. */
    @Override
    public Identity of(String token, Auth auth, long nowNanos) {
        try {
            JwtClaims claims = verification.processToClaims(token);
            if (claims.getClaimValue(USER) instanceof String user
                    && claims.getClaimValue(REVISION) instanceof Number revision
                    && revision.longValue() > 0) {
                return new Identity(user, revision.longValue());
            }
        } catch (InvalidJwtException e) {
            // whoever it is, nobody that is known
        }
        return Identity.STRANGER;
    }
}
