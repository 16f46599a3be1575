package io.tidemark.revision.machine;

import java.util.List;

/**
 * Somebody who may ask for something.
 *
 * @param hash bcrypt's, of the password; empty when there is none
 * @param noPassword whether this user never has one
 * @param roles by name
 */
public record User(String name, String hash, boolean noPassword, List<String> roles) {
    public User {
        roles = List.copyOf(roles);
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    public User withRoles(List<String> others) {
        return new User(name, hash, noPassword, others);
    }

    /** Without the hash: it may be printed. */
    @Override
    public String toString() {
        return "User[" + name + ", " + roles + "]";
    }
}
