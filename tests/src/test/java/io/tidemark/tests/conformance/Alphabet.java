package io.tidemark.tests.conformance;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The keys that the requests of one program are about, so that they meet, and ends of ranges of them. */
record Alphabet(List<String> keys, List<String> ends) {
    /** Up to there etcd leaves equal ones of a sorted range in the order of keys. */
    private static final int KEYS = 12;

    private static final String LONG = "long".repeat(300);
    private static final List<String> ALL = List.of(
            "\0",
            "\0\0",
            "\0\1",
            "\0\u00ff",
            "\1",
            "/registry/pods/",
            "/registry/pods/default/x",
            "/registry/pods0",
            "a",
            "a\0",
            "a\0\0",
            "a\0b",
            "a\1",
            "aa",
            "ab",
            "b",
            "b\u00ff",
            "b\u00ff\u00ff",
            "c",
            LONG,
            LONG + "\0",
            LONG + "g",
            "\u007f",
            "\u0080",
            "\u00ff",
            "\u00ff\0",
            "\u00ff\u00ff",
            "\u00ff\u00ff\u00ff");

    /** Some of many keys, others for each seed. */
    static Alphabet of(long seed) {
        List<String> all = new ArrayList<>(ALL);
        Collections.shuffle(all, new Random(seed));
        List<String> ends = new ArrayList<>(List.of("", "", "", Ask.OPEN, Ask.OPEN, "\0\0", "z", "/registry/pods0"));
        ends.addAll(all.subList(KEYS / 2, KEYS * 3 / 2));
        return new Alphabet(List.copyOf(all.subList(0, KEYS)), List.copyOf(ends));
    }
}
