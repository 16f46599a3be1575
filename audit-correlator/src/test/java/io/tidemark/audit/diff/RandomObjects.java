package io.tidemark.audit.diff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Objects as JSON texts, from few words, so that two of them have much in common. */
final class RandomObjects {
    private static final List<String> TEXTS =
            List.of("a", "b", "web", "x y", "q\\\"r", "\u00e9", "", "a,b=c", "\\u003c");
    private static final List<String> SCALARS =
            List.of("1", "2", "-3", "true", "null", "\"\"", "\"a\"", "\"b\"", "\"\\n\"");
    private static final List<String> KEYS = List.of("name", "type", "key", "o-d", "n");
    private static final int ELEMENTS_MAX = 3;
    private static final int DEPTH_MAX = 3;

    private final Random random;

    RandomObjects(long seed) {
        this.random = new Random(seed);
    }

    /** A Pod: keyed lists, lists with several keys, sets, and text that needs escaping. */
    String pod() {
        String metadata = object(
                member("labels", labels()),
                list("finalizers", this::text),
                oneOf("\"generation\":1", "\"generation\":2", ""));
        String spec = object(list("containers", this::container), list("tolerations", this::condition));
        String status = object(list("conditions", this::condition));
        return random.nextBoolean()
                ? object(member("metadata", metadata), member("spec", spec), member("status", status))
                : "{\"status\":" + status + ", \"metadata\":" + metadata + ",\"spec\":" + spec + "}";
    }

    /** An object of a kind that no table knows. */
    String custom() {
        return "{\"metadata\":{\"name\":\"n\"},\"spec\":" + value(DEPTH_MAX) + "}";
    }

    private String container() {
        return object(
                member("name", text()),
                member("image", text()),
                list("ports", this::port),
                list("env", () -> object(member("name", text()), member("value", text()))),
                list("args", this::text));
    }

    private String port() {
        return object(
                oneOf("\"containerPort\":80", "\"containerPort\":81"),
                oneOf("\"protocol\":\"TCP\"", "\"protocol\":\"UDP\"", ""),
                oneOf("\"hostPort\":1", "\"hostPort\":2", ""));
    }

    private String condition() {
        return object(oneOf("\"type\":\"A\"", "\"type\":\"B\"", ""), member("status", text()));
    }

    private String labels() {
        String word = oneOf(TEXTS);
        return "{\"" + word + "\":\"1\",\"z\":\"" + word + "\"}";
    }

    private String value(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(5);
        return switch (kind) {
            case 0 -> oneOf(SCALARS);
            case 1, 2 -> {
                Set<String> keys = new LinkedHashSet<>();
                elements(() -> oneOf(KEYS)).forEach(keys::add);
                List<String> members = new ArrayList<>();
                keys.forEach(key -> members.add(member(key, value(depth - 1))));
                yield "{" + String.join(",", members) + "}";
            }
            default -> "[" + elements(() -> value(depth - 1)).collect(Collectors.joining(",")) + "]";
        };
    }

    private String text() {
        return "\"" + oneOf(TEXTS) + "\"";
    }

    private String list(String name, Supplier<String> element) {
        return member(name, "[" + elements(element).collect(Collectors.joining(",")) + "]");
    }

    private Stream<String> elements(Supplier<String> element) {
        return IntStream.range(0, random.nextInt(ELEMENTS_MAX + 1)).mapToObj(i -> element.get());
    }

    private static String member(String name, String value) {
        return "\"" + name + "\":" + value;
    }

    private static String object(String... members) {
        return Stream.of(members).filter(member -> !member.isEmpty()).collect(Collectors.joining(",", "{", "}"));
    }

    private String oneOf(String... texts) {
        return oneOf(List.of(texts));
    }

    private String oneOf(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }
}
