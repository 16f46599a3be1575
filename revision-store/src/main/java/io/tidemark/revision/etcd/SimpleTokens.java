package io.tidemark.revision.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.User;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.random.RandomGenerator;

/**
 * Tokens of users who showed their password, in the memory of this node alone. One is void when it was not used for its time,
 * when the user is gone or has another password, when auth was disabled after it was given out, and after a restart; clients
 * then ask for another one. Safe for use by several threads.
 */
final class SimpleTokens implements Tokens {
    /** Beyond that, those that were not used for longest are void. */
    static final int MOST = 100_000;

    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int LENGTH = 16;

    private final RandomGenerator random;
    private final long ttlNanos;
    /** Those whose time ends first first. */
    private final LinkedHashMap<String, Issued> issued = new LinkedHashMap<>();

    private record Issued(User user, long revision, long endsNanos) {}

    /** @param random that nobody can foresee */
    SimpleTokens(RandomGenerator random, long ttlNanos) {
        this.random = random;
        this.ttlNanos = ttlNanos;
    }

    @Override
    public synchronized String issue(User user, long revision, long number, long nowNanos) {
        forgetEnded(nowNanos);
        String token = secret() + "." + number;
        issued.put(token, new Issued(user, revision, nowNanos + ttlNanos));
        return token;
    }

    private String secret() {
        StringBuilder secret = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            secret.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return secret.toString();
    }

    private void forgetEnded(long nowNanos) {
        Iterator<Issued> oldest = issued.values().iterator();
        while (oldest.hasNext() && (oldest.next().endsNanos - nowNanos <= 0 || issued.size() >= MOST)) {
            oldest.remove();
        }
    }

    /** Gives it its whole time again, when it is not void. */
    @Override
    public synchronized Identity of(String token, Auth auth, long nowNanos) {
        Issued found = issued.remove(token);
        if (found == null || found.endsNanos - nowNanos <= 0 || found.revision < auth.since()) {
            return Identity.STRANGER;
        }
        User now = auth.user(found.user.name());
        if (now == null || !now.hash().equals(found.user.hash())) {
            return Identity.STRANGER;
        }
        issued.put(token, new Issued(found.user, found.revision, nowNanos + ttlNanos));
        return new Identity(now.name(), auth.revision());
    }
}
