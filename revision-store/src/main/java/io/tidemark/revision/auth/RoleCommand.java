package io.tidemark.revision.auth;

import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision;
import io.tidemark.revision.machine.Decision.Refuse;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Keyspace;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.User;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Changes a role. Source of the rules and their order: etcd's {@code server/auth/store.go}. */
public sealed interface RoleCommand extends Command.OfUsers {
    record AddRole(String name) implements RoleCommand {
        @Override
        public Decision decide(Keyspace state) {
            if (name.isEmpty()) {
                return new Refuse(Refusal.ROLE_EMPTY);
            }
            return state.auth().role(name) == null
                    ? put(state, new Role(name, List.of()))
                    : new Refuse(Refusal.ROLE_ALREADY_EXISTS);
        }
    }

    /** Takes it from all users, too. */
    record DeleteRole(String name) implements RoleCommand {
        @Override
        public Decision decide(Keyspace state) {
            if (state.auth().enabled() && name.equals(Identity.ROOT)) {
                return new Refuse(Refusal.INVALID_AUTH_MANAGEMENT);
            }
            return changed(state, name, role -> {
                List<User> users = state.auth().users().values().stream()
                        .filter(user -> user.has(name))
                        .map(user -> UserCommand.without(user, name))
                        .toList();
                return UserCommand.commit(state, AuthChanged.without(state.auth(), role, users));
            });
        }
    }

    /** @param permission null when none was given */
    record GrantPermission(String name, @Nullable Permission permission) implements RoleCommand {
        @Override
        public Decision decide(Keyspace state) {
            Permission granted = permission;
            if (granted == null) {
                return new Refuse(Refusal.PERMISSION_NOT_GIVEN);
            }
            KeyRange range = granted.range();
            if (range.key().isEmpty() || (!range.isSingle() && range.isEmpty())) {
                return new Refuse(Refusal.INVALID_AUTH_MANAGEMENT);
            }
            return changed(state, name, role -> put(state, new Role(name, granted(role, granted))));
        }
    }

    /** Of several that begin at one key, etcd looks at the first alone to see whether it is there already. */
    private static List<Permission> granted(Role role, Permission permission) {
        List<Permission> all = new ArrayList<>(role.permissions());
        for (int i = 0; i < all.size(); i++) {
            KeyRange there = all.get(i).range();
            if (there.key().compareTo(permission.range().key()) >= 0) {
                if (there.equals(permission.range())) {
                    all.set(i, permission);
                    return all;
                }
                break;
            }
        }
        all.add(permission);
        all.sort(Comparator.comparing(each -> each.range().key()));
        return all;
    }

    record RevokePermission(String name, KeyRange range) implements RoleCommand {
        @Override
        public Decision decide(Keyspace state) {
            return changed(state, name, role -> {
                List<Permission> left = role.permissions().stream()
                        .filter(permission -> !permission.range().equals(range))
                        .toList();
                return left.size() == role.permissions().size()
                        ? new Refuse(Refusal.PERMISSION_NOT_GRANTED)
                        : put(state, new Role(name, left));
            });
        }
    }

    private static Decision changed(Keyspace state, String name, Function<Role, Decision> change) {
        Role role = state.auth().role(name);
        return role == null ? new Refuse(Refusal.ROLE_NOT_FOUND) : change.apply(role);
    }

    private static Decision put(Keyspace state, Role role) {
        Auth auth = state.auth();
        return UserCommand.commit(state, AuthChanged.with(auth, role));
    }
}
