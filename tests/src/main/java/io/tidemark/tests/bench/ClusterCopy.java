package io.tidemark.tests.bench;

import io.tidemark.tests.bench.Recording.EventList;
import io.tidemark.tests.bench.Recording.Probe;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The recording as one more cluster.
 *
 * @param number from 0; also the number of days by which the copy lies before the recording
 */
record ClusterCopy(int number) {
    private static final int UUID_CHANGED = 8;
    private static final int DATE_LENGTH = 10;
    private static final long MICROS_PER_DAY = ChronoUnit.DAYS.getDuration().toNanos() / 1_000;
    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] DIGITS = Recording.ascii("0123456789abcdef");

    String cluster() {
        return String.format(Locale.ROOT, "bench-%04d", number);
    }

    /** Fills the target (at least as long as the template) with the list as this copy tells it. */
    void fill(EventList list, byte[] target) {
        byte[] template = list.template();
        System.arraycopy(template, 0, target, 0, template.length);
        for (int at : list.uuids()) {
            putUuid(template, at, target, at);
        }
        int original = -1;
        byte[] date = new byte[DATE_LENGTH];
        for (int at : list.dates()) {
            if (original < 0
                    || !Arrays.equals(template, original, original + DATE_LENGTH, template, at, at + DATE_LENGTH)) {
                original = at;
                String text = new String(template, at, DATE_LENGTH, StandardCharsets.US_ASCII);
                date = Recording.ascii(LocalDate.parse(text).minusDays(number).toString());
            }
            System.arraycopy(date, 0, target, at, DATE_LENGTH);
        }
    }

    /** Id of the probe's request span, by its definition in the span contract. */
    String spanId(Probe probe) {
        byte[] auditId = Recording.ascii(probe.auditId());
        putUuid(Recording.ascii(probe.auditId()), 0, auditId, 0);
        long received = probe.receivedMicros() - number * MICROS_PER_DAY;
        MessageDigest digest = sha256();
        for (String part : new String[] {
            "request",
            cluster(),
            new String(auditId, StandardCharsets.US_ASCII),
            probe.verb(),
            probe.uri(),
            Long.toString(received)
        }) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            digest.update(bytes);
        }
        return HEX.formatHex(digest.digest(), 0, Long.BYTES);
    }

    /** Its first 32 bits, mixed with the copy's number: the same UUID becomes the same other UUID everywhere. */
    private void putUuid(byte[] from, int at, byte[] to, int target) {
        int value = 0;
        for (int i = 0; i < UUID_CHANGED; i++) {
            int digit = from[at + i];
            value = value << 4 | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        value ^= (number + 1) * 0x9E3779B9;
        for (int i = 0; i < UUID_CHANGED; i++) {
            to[target + i] = DIGITS[value >>> 28 - 4 * i & 15];
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
