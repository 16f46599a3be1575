package io.tidemark.watch.lock;

import io.tidemark.revision.machine.Command;
import org.jspecify.annotations.Nullable;

/**
 * What has to be undone when a call ends before it came to something.
 *
 * @param whenGone when its client left
 * @param whenFailed when it was refused, or could not be done
 */
public record Leaving(@Nullable Command whenGone, @Nullable Command whenFailed) {
    /** Nothing has to be. */
    static final Leaving NOTHING = new Leaving(null, null);

    static Leaving whenGone(Command command) {
        return new Leaving(command, null);
    }

    static Leaving always(Command command) {
        return new Leaving(command, command);
    }
}
