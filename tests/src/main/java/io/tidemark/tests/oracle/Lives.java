package io.tidemark.tests.oracle;

import io.tidemark.tests.oracle.ExpectedSpans.ObjectName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** When which incarnation of an object lived, as far as the log states it; times in microseconds since the epoch. */
final class Lives {
    private static final class Life {
        long surelyFrom = Long.MAX_VALUE;
        long surelyUntil = Long.MAX_VALUE;
        long perhapsFrom = Long.MAX_VALUE;
        long perhapsUntil = Long.MAX_VALUE;
    }

    private final Map<ObjectName, Map<String, Life>> lives = new HashMap<>();

    /** The incarnation was there at the end of a request. */
    void seen(ObjectName object, String uid, long received, long done) {
        Life life = lives.computeIfAbsent(object, o -> new LinkedHashMap<>()).computeIfAbsent(uid, u -> new Life());
        life.surelyFrom = Math.min(life.surelyFrom, done);
        life.perhapsFrom = Math.min(life.perhapsFrom, received);
    }

    /** The incarnation left the store during a request. */
    void ended(ObjectName object, String uid, long received, long done) {
        seen(object, uid, received, done);
        Life life = lives.getOrDefault(object, Map.of()).get(uid);
        if (life != null) {
            life.surelyUntil = Math.min(life.surelyUntil, received);
            life.perhapsUntil = Math.min(life.perhapsUntil, done);
        }
    }

    /** The uid of the only incarnation that can have met a request, empty when that is open. */
    String during(ObjectName object, long received, long done) {
        String met = "";
        for (var entry : lives.getOrDefault(object, Map.of()).entrySet()) {
            Life life = entry.getValue();
            boolean surely = life.surelyFrom <= received && done <= life.surelyUntil;
            boolean perhaps = life.perhapsFrom <= done && received <= life.perhapsUntil;
            if (perhaps && (!surely || !met.isEmpty())) {
                return "";
            }
            met = surely ? entry.getKey() : met;
        }
        return met;
    }

    Map<ObjectName, Set<String>> uids() {
        Map<ObjectName, Set<String>> all = new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
        lives.forEach((object, byUid) -> all.put(object, new TreeSet<>(byUid.keySet())));
        return all;
    }
}
