package io.tidemark.revision.auth;

import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the permissions of a user's roles cover a range. Several together may do so, when they overlap or touch:
 *
 * <pre>
 *   permitted   [a, c)   [c, e)   [f, open)
 *   asked       [b, d)            yes: a to e without a gap
 *               [d, g)            no: e is missing
 *               [f, open)         yes
 * </pre>
 *
 * Source: etcd's {@code server/auth/range_perm_cache.go}, and the interval tree that it asks.
 */
final class Permissions {
    private Permissions() {}

    static boolean cover(Auth auth, User user, KeyRange range, int kind) {
        List<KeyRange> met = new ArrayList<>();
        for (String name : user.roles()) {
            Role role = auth.role(name);
            if (role != null) {
                role.permissions().stream()
                        .filter(permission -> permission.allows(kind))
                        .map(Permission::range)
                        .filter(permitted -> meets(permitted, range))
                        .forEach(met::add);
            }
        }
        met.sort(Comparator.comparing(KeyRange::key));
        return !met.isEmpty() && cover(met, range);
    }

    private static boolean meets(KeyRange one, KeyRange other) {
        return compareEnd(one.key(), other.to()) < 0 && compareEnd(other.key(), one.to()) < 0;
    }

    /** @param met in the order of their beginnings, each in contact with the range */
    private static boolean cover(List<KeyRange> met, KeyRange range) {
        if (met.getFirst().key().compareTo(range.key()) > 0) {
            return false;
        }
        Key reached = met.getFirst().to();
        for (KeyRange next : met) {
            if (compareEnd(next.key(), reached) > 0) {
                return false;
            }
            reached = later(reached, next.to());
        }
        Key end = range.to();
        return reached == null || (end != null && reached.compareTo(end) >= 0);
    }

    private static @Nullable Key later(@Nullable Key one, @Nullable Key other) {
        if (one == null || other == null) {
            return null;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** @param end null is behind every key */
    private static int compareEnd(Key key, @Nullable Key end) {
        return end == null ? -1 : key.compareTo(end);
    }
}
