package io.tidemark.revision.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.User;
import org.jspecify.annotations.Nullable;

/** How users who showed their password are known again. Safe for use by several threads. */
interface Tokens {
    /**
     * Gives one out.
     *
     * @param revision of auth, at which the password was right
     * @param number of something: etcd puts its log's index into some tokens, and its clients may look for it
     * @return null when none can be given out here
     */
    @Nullable
    String issue(User user, long revision, long number, long nowNanos);

    /** Who shows it; {@link Identity#STRANGER} when it is void. */
    Identity of(String token, Auth auth, long nowNanos);
}
