package io.tidemark.revision.machine;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what, when that is asked for at all. Immutable.
 *
 * @param enabled whether it is
 * @param revision grows with each change of users and roles, and when it is disabled; 1 at first
 * @param since the revision at which it was enabled: what was told to a user before that is void
 */
public record Auth(
        boolean enabled,
        long revision,
        long since,
        NavigableMap<String, User> users,
        NavigableMap<String, Role> roles) {
    public static final Auth NONE = new Auth(false, 1, 1, new TreeMap<>(), new TreeMap<>());

    public Auth {
        users = Collections.unmodifiableNavigableMap(users);
        roles = Collections.unmodifiableNavigableMap(roles);
    }

    public @Nullable User user(String name) {
        return users.get(name);
    }

    public @Nullable Role role(String name) {
        return roles.get(name);
    }

    public Auth with(AuthChanged change) {
        NavigableMap<String, User> changedUsers = new TreeMap<>(users);
        change.goneUsers().forEach(changedUsers::remove);
        change.users().forEach(user -> changedUsers.put(user.name(), user));
        NavigableMap<String, Role> changedRoles = new TreeMap<>(roles);
        change.goneRoles().forEach(changedRoles::remove);
        change.roles().forEach(role -> changedRoles.put(role.name(), role));
        long began = change.enabled() && !enabled ? change.revision() : since;
        return new Auth(change.enabled(), change.revision(), began, changedUsers, changedRoles);
    }
}
