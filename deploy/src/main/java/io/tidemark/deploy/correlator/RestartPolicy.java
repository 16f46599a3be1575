package io.tidemark.deploy.correlator;

import java.time.Duration;

/**
 * How long to wait before the child is started again.
 *
 * @param first wait after the first failure; doubled with each further one
 * @param max longest wait
 * @param forgetAfter time in good order after which the next failure counts as the first again
 */
public record RestartPolicy(Duration first, Duration max, Duration forgetAfter) {
    /** Short enough that a single crash goes unnoticed, long enough that a crash loop does not eat a core. */
    public static final RestartPolicy DEFAULT =
            new RestartPolicy(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));

    public RestartPolicy {
        if (first.isNegative() || first.isZero() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("expected 0 < first <= max, found first=" + first + " max=" + max);
        }
    }

    /** Wait before the start that follows the {@code failures}-th failure in a row, counted from 1. */
    Duration waitAfter(int failures) {
        Duration wait = first;
        for (int i = 1; i < failures && wait.compareTo(max) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
