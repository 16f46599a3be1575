package io.tidemark.revision.checkpoint;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of a file as it is read. */
final class FileHash {
    private final MessageDigest digest;

    FileHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void update(byte[] bytes) {
        digest.update(bytes);
    }

    /** In hexadecimal digits; nothing can be added after it. */
    String value() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
