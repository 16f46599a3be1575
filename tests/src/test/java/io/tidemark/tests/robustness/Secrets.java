package io.tidemark.tests.robustness;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Values that must not be found, and one that must: all begin with a marker, and it is the marker that is looked for, as
 * text, in base64 at each of its three alignments, and in hex. The marker is chosen so that no form of it holds a
 * character that a URL encoding would change.
 */
final class Secrets {
    private static final String MARKER = "NqVwYS81VP7Hb1";
    private static final String CANARY = "CqVwYS81VP7Hb1";
    private static final int SHOWN = 100;

    private final Random random;
    private final List<byte[]> forms = forms(MARKER);
    private final List<byte[]> canary = forms(CANARY);
    private final List<String> found = new ArrayList<>();
    private final Map<String, Boolean> canaries = new LinkedHashMap<>();

    Secrets(Random random) {
        this.random = random;
    }

    /** A new secret value; its characters are also such as JSON, base64 and URLs treat specially. */
    String next() {
        return MARKER + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36) + "/+ &\"é";
    }

    /** A value that no rule redacts: where it is not found either, nothing was looked at. */
    static String canary() {
        return CANARY + "-to-be-found";
    }

    static String base64(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Looks through bytes of which the place is told should a secret be found. */
    void look(String place, byte[] bytes) {
        for (byte[] form : forms) {
            int at = indexOf(bytes, form);
            if (at >= 0) {
                int from = Math.max(0, at - SHOWN);
                String around =
                        new String(bytes, from, Math.min(bytes.length, at + SHOWN) - from, StandardCharsets.ISO_8859_1);
                found.add(place + " at byte " + at + ": " + around.replaceAll("[^ -~]", "."));
            }
        }
        boolean seen = canary.stream().anyMatch(form -> indexOf(bytes, form) >= 0);
        canaries.merge(place.split(" ", 2)[0], seen, Boolean::logicalOr);
    }

    void look(String place, String text) {
        look(place, text.getBytes(StandardCharsets.UTF_8));
    }

    void look(String place, ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        look(place, bytes);
    }

    /** Looks through every file below a folder, as it lies there. */
    void lookThrough(String place, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                look(place + " " + folder.relativize(file), file.toString());
                try {
                    look(place + " " + folder.relativize(file), Files.readAllBytes(file));
                } catch (NoSuchFileException e) {
                    look(place, "a file that its owner removed meanwhile");
                }
            }
        }
    }

    /** Where a secret was found. */
    List<String> found() {
        return found;
    }

    /** Whether the value that is no secret was seen in a kind of place, by the first word of its name. */
    boolean sawCanary(String place) {
        return canaries.getOrDefault(place, false);
    }

    private static List<byte[]> forms(String marker) {
        List<byte[]> forms = new ArrayList<>();
        byte[] plain = marker.getBytes(StandardCharsets.US_ASCII);
        forms.add(plain);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + plain.length];
            System.arraycopy(plain, 0, shifted, before, plain.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            // the first characters hold bits of what is before, the last ones of what is behind
            forms.add(text.substring(before == 0 ? 0 : before + 1, text.length() - 1)
                    .getBytes(StandardCharsets.US_ASCII));
        }
        forms.add(HexFormat.of().formatHex(plain).getBytes(StandardCharsets.US_ASCII));
        forms.add(HexFormat.of().withUpperCase().formatHex(plain).getBytes(StandardCharsets.US_ASCII));
        return forms;
    }

    private static int indexOf(byte[] bytes, byte[] form) {
        byte first = form[0];
        for (int i = 0; i <= bytes.length - form.length; i++) {
            if (bytes[i] == first && java.util.Arrays.equals(bytes, i, i + form.length, form, 0, form.length)) {
                return i;
            }
        }
        return -1;
    }
}
