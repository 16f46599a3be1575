package io.tidemark.revision.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.User;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a transcript cannot show: the time of tokens, and that users who come again are others. */
class SimpleTokensTest {
    private static final long TTL = 100;
    private static final User ANN = new User("ann", "hash", false, List.of());

    private final Tokens tokens = new SimpleTokens(new Random(1), TTL);
    private final Auth on = Auth.NONE.with(AuthChanged.with(Auth.NONE, ANN)).with(AuthChanged.switching(true, 2));

    private @Nullable String user(@Nullable String token, Auth auth, long now) {
        Identity identity = tokens.of(Objects.requireNonNull(token), auth, now);
        return identity.isStranger() ? null : identity.user();
    }

    private @Nullable String issue(long now) {
        return tokens.issue(ANN, on.revision(), 7, now);
    }

    @Test
    void holdForTheirTimeAfterTheyWereUsed() {
        String token = issue(0);

        assertThat(token).matches("[a-zA-Z]{16}\\.7");
        assertThat(user(token, on, 99)).isEqualTo("ann");
        assertThat(user(token, on, 198)).isEqualTo("ann");
        assertThat(user(token, on, 298)).isNull();
        assertThat(user(token, on, 0)).as("void ones stay so").isNull();
        assertThat(user("nobody's", on, 0)).isNull();
    }

    @Test
    void areVoidWithAnotherPasswordWithoutTheUserAndAfterAuthWasDisabled() {
        User renamed = new User("ann", "other", false, List.of());
        Auth changed = on.with(AuthChanged.with(on, renamed));
        Auth gone = on.with(AuthChanged.without(on, ANN));
        Auth off = on.with(AuthChanged.switching(false, 3));
        Auth again = off.with(AuthChanged.switching(true, 3));

        assertThat(user(issue(0), changed, 1)).isNull();
        assertThat(user(issue(0), gone, 1)).isNull();
        assertThat(user(issue(0), again, 1)).isNull();
        assertThat(user(issue(0), on.with(AuthChanged.with(on, ANN.withRoles(List.of("some")))), 1))
                .isEqualTo("ann");
    }

    @Test
    void areBoundedInNumberAndThoseThatWereNotUsedGoFirst() {
        String used = issue(0);
        String unused = issue(0);
        for (int i = 2; i < SimpleTokens.MOST; i++) {
            issue(0);
        }
        assertThat(user(used, on, 1)).isEqualTo("ann");

        issue(1);

        assertThat(user(unused, on, 1)).isNull();
        assertThat(user(used, on, 1)).isEqualTo("ann");
    }
}
