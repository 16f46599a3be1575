package io.tidemark.revision.machine;

import java.util.List;

/**
 * Users or roles changed, or whether it matters who asks: one record of the log.
 *
 * @param enabled whether it matters from now on
 * @param revision of {@link Auth} from now on
 * @param users as they are now, those that changed
 * @param goneUsers by name
 * @param roles as they are now, those that changed
 * @param goneRoles by name
 */
public record AuthChanged(
        boolean enabled,
        long revision,
        List<User> users,
        List<String> goneUsers,
        List<Role> roles,
        List<String> goneRoles)
        implements Transaction {
    public AuthChanged {
        users = List.copyOf(users);
        goneUsers = List.copyOf(goneUsers);
        roles = List.copyOf(roles);
        goneRoles = List.copyOf(goneRoles);
    }

    public static AuthChanged switching(boolean enabled, long revision) {
        return new AuthChanged(enabled, revision, List.of(), List.of(), List.of(), List.of());
    }

    public static AuthChanged with(Auth auth, User user) {
        return new AuthChanged(auth.enabled(), auth.revision() + 1, List.of(user), List.of(), List.of(), List.of());
    }

    public static AuthChanged with(Auth auth, Role role) {
        return new AuthChanged(auth.enabled(), auth.revision() + 1, List.of(), List.of(), List.of(role), List.of());
    }

    public static AuthChanged without(Auth auth, User user) {
        return new AuthChanged(
                auth.enabled(), auth.revision() + 1, List.of(), List.of(user.name()), List.of(), List.of());
    }

    /** @param had those who had the role, as they are now */
    public static AuthChanged without(Auth auth, Role role, List<User> had) {
        return new AuthChanged(auth.enabled(), auth.revision() + 1, had, List.of(), List.of(), List.of(role.name()));
    }

    /** What makes all of it out of nothing. */
    public static AuthChanged toAll(Auth auth) {
        return new AuthChanged(
                auth.enabled(),
                auth.revision(),
                List.copyOf(auth.users().values()),
                List.of(),
                List.copyOf(auth.roles().values()),
                List.of());
    }
}
