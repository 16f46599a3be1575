package io.tidemark.revision.machine;

import java.util.List;

/**
 * What its users may do.
 *
 * @param permissions in the order of their keys; of the same key, in the order in which they were granted
 */
public record Role(String name, List<Permission> permissions) {
    public Role {
        permissions = List.copyOf(permissions);
    }
}
