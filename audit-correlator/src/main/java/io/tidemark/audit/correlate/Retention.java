package io.tidemark.audit.correlate;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How much is remembered of one object key. Time is the key's own: the newest API server time seen under it.
 *
 * @param factsMicros how long whole facts (with bodies) are held, so that late ones can be related to them
 * @param entriesMicros how long a fact is known at all, so that a duplicate is recognised; at least factsMicros
 * @param factsMax whole facts held at most
 * @param entriesMax facts known at most
 */
public record Retention(long factsMicros, long entriesMicros, int factsMax, int entriesMax) {

    public Retention {
        if (factsMicros < 1 || entriesMicros < factsMicros || factsMax < 2 || entriesMax < factsMax) {
            throw new IllegalArgumentException("expected 0 < facts <= entries and 2 <= factsMax <= entriesMax, found "
                    + factsMicros + ", " + entriesMicros + ", " + factsMax + ", " + entriesMax);
        }
    }

    public static Retention of(Duration facts, Duration entries, int factsMax, int entriesMax) {
        return new Retention(micros(facts), micros(entries), factsMax, entriesMax);
    }

    private static long micros(Duration duration) {
        return ChronoUnit.MICROS.between(java.time.Instant.EPOCH, java.time.Instant.EPOCH.plus(duration));
    }
}
