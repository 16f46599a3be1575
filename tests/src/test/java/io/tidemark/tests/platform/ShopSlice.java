package io.tidemark.tests.platform;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.tests.oracle.AuditLog;
import io.tidemark.tests.oracle.ShopRecording;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Streams made of the recording. */
public final class ShopSlice {
    private static final long MINUTE_MICROS = 60_000_000;

    /** Twenty-odd seconds that hold deletions, collections, conflicts, evictions' aftermath and Events. */
    private static final int FROM = 6_000;

    private static final int EVENTS = 1_500;

    private ShopSlice() {}

    public static List<JsonNode> whole() throws IOException {
        return AuditLog.read(ShopRecording.audit());
    }

    /** A stretch of the recording, small enough to be fed many times. */
    public static List<JsonNode> small() throws IOException {
        return List.copyOf(whole().subList(FROM, FROM + EVENTS));
    }

    /** Late by up to a minute each, and so in another order. */
    public static List<JsonNode> shuffledWithinAMinute(List<JsonNode> events, Random random) {
        record Delayed(long micros, JsonNode event) {}
        return events.stream()
                .map(event -> new Delayed(micros(event) + random.nextLong(MINUTE_MICROS), event))
                .sorted(Comparator.comparingLong(Delayed::micros))
                .map(Delayed::event)
                .toList();
    }

    /** Some of them a second time, up to 500 events later. */
    public static List<JsonNode> withDuplicates(List<JsonNode> events, double share, Random random) {
        List<JsonNode> more = new ArrayList<>(events);
        for (int i = events.size() - 1; i >= 0; i--) {
            if (random.nextDouble() < share) {
                more.add(Math.min(more.size(), i + 1 + random.nextInt(500)), events.get(i));
            }
        }
        return more;
    }

    private static long micros(JsonNode event) {
        Instant time = Instant.parse(event.path("stageTimestamp").asText());
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000;
    }
}
