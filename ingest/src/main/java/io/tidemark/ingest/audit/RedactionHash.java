package io.tidemark.ingest.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands in place of a redacted value: {@code redacted:hmac-sha256:} and 22 characters base64url, the first 128
 * bits of HMAC-SHA256 with the installation's key. Equal values have equal hashes, so that a change, or a password
 * used twice, stays visible.
 *
 * <p>Hashed are: of a string, its UTF-8 bytes; of a Secret's data, the bytes behind the base64, so that data and
 * stringData compare; of anything else its JSON with sorted members and no white space. Safe for use by many threads.
 */
public final class RedactionHash {
    static final String PREFIX = "redacted:hmac-sha256:";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_KEY_BYTES = 16;
    private static final int HASH_BYTES = 16;
    private static final ObjectMapper CANONICAL =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final SecretKeySpec key;

    /**
     * Takes the key.
     *
     * @param key at least 16 bytes that nobody else knows
     */
    public RedactionHash(byte[] key) {
        if (key.length < MIN_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "redaction key: expected at least " + MIN_KEY_BYTES + " bytes, found " + key.length);
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    TextNode of(JsonNode value) {
        return value.isTextual()
                ? of(value.textValue().getBytes(StandardCharsets.UTF_8))
                : of(canonical(value).getBytes(StandardCharsets.UTF_8));
    }

    /** The hash of the bytes behind a base64 text, or of the text when it is no base64. */
    TextNode ofBase64(JsonNode value) {
        if (!value.isTextual()) {
            return of(value);
        }
        try {
            String packed = value.textValue().replace("\n", "").replace("\r", "");
            return of(Base64.getDecoder().decode(packed));
        } catch (IllegalArgumentException e) {
            return of(value);
        }
    }

    private TextNode of(byte[] bytes) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = Arrays.copyOf(mac.doFinal(bytes), HASH_BYTES);
            return new TextNode(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    private static String canonical(JsonNode value) {
        try {
            return CANONICAL.writeValueAsString(sorted(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree in memory failed to be written", e);
        }
    }

    private static Object sorted(JsonNode value) {
        if (value.isObject()) {
            TreeMap<String, Object> members = new TreeMap<>();
            value.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
            return members;
        }
        return value.isArray() ? value.valueStream().map(RedactionHash::sorted).toList() : value;
    }
}
