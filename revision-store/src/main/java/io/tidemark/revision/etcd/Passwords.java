package io.tidemark.revision.etcd;

import java.nio.charset.StandardCharsets;
import org.springframework.security.crypto.bcrypt.BCrypt;

/**
 * Passwords and their hashes, as etcd makes them. Both methods take as long as they should: never on an event loop.
 *
 * @param cost of a hash; each one more doubles the work
 */
record Passwords(int cost) {
    /** bcrypt looks at no more. */
    private static final int BYTES_MAX = 72;

    static boolean isTooLong(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX;
    }

    String hash(String password) {
        return BCrypt.hashpw(password, BCrypt.gensalt(cost));
    }

    /** Whether the hash is one of this password; what is no hash is none. */
    static boolean match(String password, String hash) {
        try {
            return !hash.isEmpty() && BCrypt.checkpw(password, hash);
        } catch (IllegalArgumentException e) {
            return false; // clients may set hashes themselves
        }
    }
}
