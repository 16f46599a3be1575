package io.tidemark.revision.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.User;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.Image;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * Who asks for something of a keyspace over HTTP, by the header {@code Authorization}: a token as the etcd port gives it out, or
 * a name and a password.
 *
 * <pre>
 *   Bearer TOKEN      Basic base64(NAME:PASSWORD)
 * </pre>
 */
public final class HttpUsers {
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final Image image;
    private final Tokens tokens;
    private final ReadWorkers workers;

    HttpUsers(Image image, Tokens tokens, ReadWorkers workers) {
        this.image = image;
        this.tokens = tokens;
        this.workers = workers;
    }

    /** What came of the question. */
    public sealed interface Found {
        /** Somebody, or nobody that is known. */
        record As(Identity who) implements Found {}

        /** Nobody who may ask anything. */
        record Refused(Refusal refusal) implements Found {}

        /** Too many passwords wait to be compared. */
        record Busy() implements Found {}
    }

    /**
     * Finds out. While nobody asks for users, nobody is looked for.
     *
     * @param authorization the header; empty for none
     * @param then told once, at once or later, on any thread
     */
    public void find(String authorization, Consumer<Found> then) {
        Auth auth = image.auth();
        if (!auth.enabled() || authorization.isEmpty()) {
            then.accept(new Found.As(Identity.NOBODY));
        } else if (authorization.startsWith(BASIC)) {
            byPassword(authorization.substring(BASIC.length()), auth, then);
        } else {
            String token = authorization.startsWith(BEARER) ? authorization.substring(BEARER.length()) : authorization;
            then.accept(new Found.As(tokens.of(token, auth, Sequencer.now())));
        }
    }

    private void byPassword(String encoded, Auth auth, Consumer<Found> then) {
        String both = decoded(encoded);
        int colon = both.indexOf(':');
        User user = colon < 0 ? null : auth.user(both.substring(0, colon));
        if (user == null || user.noPassword()) {
            then.accept(new Found.Refused(Refusal.AUTH_FAILED));
            return;
        }
        String password = both.substring(colon + 1);
        boolean taken = workers.offer(() -> then.accept(
                Passwords.match(password, user.hash())
                        // when users change meanwhile, this one is known to be of before
                        ? new Found.As(new Identity(user.name(), auth.revision()))
                        : new Found.Refused(Refusal.AUTH_FAILED)));
        if (!taken) {
            then.accept(new Found.Busy());
        }
    }

    private static String decoded(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
