package io.tidemark.revision.auth;

import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.Decision.Refuse;
import io.tidemark.revision.machine.Decision.Tell;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.User;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Changes a user, or whether users are asked for at all. Source of the rules and their order: etcd's {@code
 * server/auth/store.go}. Hashes are made before, as that takes a while.
 */
public sealed interface UserCommand extends Command.OfUsers {
    /** From now on it matters who asks. */
    record Enable() implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            Auth auth = state.auth();
            if (auth.enabled()) {
                return done(state);
            }
            User root = auth.user(Identity.ROOT);
            if (root == null) {
                return new Refuse(Refusal.ROOT_USER_NOT_EXIST);
            }
            return root.has(Identity.ROOT)
                    ? commit(state, AuthChanged.switching(true, auth.revision()))
                    : new Refuse(Refusal.ROOT_ROLE_NOT_EXIST);
        }
    }

    /** From now on everybody may do everything. */
    record Disable() implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            Auth auth = state.auth();
            return auth.enabled() ? commit(state, AuthChanged.switching(false, auth.revision() + 1)) : done(state);
        }
    }

    record AddUser(String name, String hash, boolean noPassword) implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            if (name.isEmpty()) {
                return new Refuse(Refusal.USER_EMPTY);
            }
            return state.auth().user(name) == null
                    ? put(state, new User(name, hash, noPassword, List.of()))
                    : new Refuse(Refusal.USER_ALREADY_EXISTS);
        }
    }

    record DeleteUser(String name) implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            if (state.auth().enabled() && name.equals(Identity.ROOT)) {
                return new Refuse(Refusal.INVALID_AUTH_MANAGEMENT);
            }
            return changed(state, name, user -> commit(state, AuthChanged.without(state.auth(), user)));
        }
    }

    /** @param hash of the new password; left aside for a user without one */
    record ChangePassword(String name, String hash) implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            return changed(
                    state,
                    name,
                    user -> put(state, new User(name, user.noPassword() ? "" : hash, user.noPassword(), user.roles())));
        }
    }

    record GrantRole(String name, String role) implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            return changed(state, name, user -> {
                if (!role.equals(Identity.ROOT) && state.auth().role(role) == null) {
                    return new Refuse(Refusal.ROLE_NOT_FOUND);
                }
                if (user.has(role)) {
                    return done(state);
                }
                List<String> more = new ArrayList<>(user.roles());
                more.add(role);
                return put(state, user.withRoles(more.stream().sorted().toList()));
            });
        }
    }

    record RevokeRole(String name, String role) implements UserCommand {
        @Override
        public Decision decide(Keyspace state) {
            boolean lastRoot = name.equals(Identity.ROOT) && role.equals(Identity.ROOT);
            if (state.auth().enabled() && lastRoot) {
                return new Refuse(Refusal.INVALID_AUTH_MANAGEMENT);
            }
            return changed(
                    state,
                    name,
                    user -> user.has(role) ? put(state, without(user, role)) : new Refuse(Refusal.ROLE_NOT_GRANTED));
        }
    }

    static User without(User user, String role) {
        return user.withRoles(
                user.roles().stream().filter(other -> !other.equals(role)).toList());
    }

    private static Decision changed(Keyspace state, String name, Function<User, Decision> change) {
        User user = state.auth().user(name);
        return user == null ? new Refuse(Refusal.USER_NOT_FOUND) : change.apply(user);
    }

    private static Decision put(Keyspace state, User user) {
        return commit(state, AuthChanged.with(state.auth(), user));
    }

    static Decision commit(Keyspace state, AuthChanged change) {
        return new Commit(change, new Answer.Plain(state.revision()));
    }

    private static Decision done(Keyspace state) {
        return new Tell(new Answer.Plain(state.revision()));
    }
}
