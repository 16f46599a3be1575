package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a span of the API says, in few words. */
final class SpanWords {
    private static final int LONGEST_VALUE = 60;
    private static final int FEW_CHANGES = 2;
    private static final int REFUSED = 400;

    private SpanWords() {}

    /** {@code 2026-11-23 08:17:47.079}, UTC. */
    static String time(JsonNode time) {
        String text = time.asText();
        int millis = "2026-11-23T08:17:47.079".length();
        return text.length() < millis ? text : text.substring(0, millis).replace('T', ' ');
    }

    /** The verb, or what else happened. */
    static String what(JsonNode span) {
        JsonNode request = span.path("request");
        return switch (span.path("kind").asText()) {
            case "REQUEST" -> {
                String subresource = request.path("subresource").asText();
                yield request.path("verb").asText() + (subresource.isEmpty() ? "" : " " + subresource);
            }
            case "ITEM" -> "deletecollection";
            case "EVENT" -> span.at("/event/reason").asText();
            case "PHASE", "ADMISSION" -> span.at("/phase/name").asText();
            case "OBJECT" -> ObjectNames.of(span.path("object"));
            default -> span.path("kind").asText().toLowerCase(Locale.ROOT);
        };
    }

    static String actor(JsonNode span) {
        JsonNode request = span.path("request");
        String impersonated = request.path("impersonated").asText();
        if (!impersonated.isEmpty()) {
            return impersonated + " (by " + request.path("user").asText() + ")";
        }
        return switch (span.path("kind").asText()) {
            case "REQUEST" -> request.path("user").asText();
            case "ITEM" -> span.at("/item/user").asText();
            case "EVENT" -> span.at("/event/reporter").asText();
            default -> "";
        };
    }

    static String code(JsonNode span) {
        int code = span.at("/request/code").asInt();
        return code == 0 ? "" : Integer.toString(code);
    }

    static String effect(JsonNode span) {
        return span.path("kind").asText().equals("EVENT")
                ? span.at("/event/type").asText()
                : span.at("/request/effect").asText(span.at("/item/effect").asText());
    }

    static Tone tone(JsonNode span) {
        if (span.at("/request/code").asInt() >= REFUSED) {
            return Tone.BAD;
        }
        return switch (effect(span)) {
            case "CREATED" -> Tone.GOOD;
            case "Warning", "DELETED", "DELETION_STARTED", "COLLECTION_DELETED" -> Tone.WARNING;
            case "NO_CHANGE", "DRY_RUN", "Normal" -> Tone.FAINT;
            default -> Tone.PLAIN;
        };
    }

    /** Why it failed, what it changed, what an Event says. */
    static String detail(JsonNode span, boolean whole) {
        return switch (span.path("kind").asText()) {
            case "REQUEST" -> request(span.path("request"), whole);
            case "ITEM" -> span.at("/item/effectReason").asText();
            case "EVENT" -> event(span.path("event"));
            case "PHASE" -> millis(span.at("/phase/durationMicros").asLong());
            case "ADMISSION" -> span.at("/phase/patch").asText();
            case "OBJECT" -> life(span.path("life"));
            default -> "";
        };
    }

    static String millis(long micros) {
        return String.format(Locale.ROOT, "%.1f ms", micros / 1000.0);
    }

    private static String life(JsonNode life) {
        List<String> words = new ArrayList<>();
        if (life.has("createdAt")) {
            words.add("created " + time(life.path("createdAt")));
        }
        if (life.has("deletedAt")) {
            words.add("deleted " + time(life.path("deletedAt")));
        }
        return String.join(", ", words);
    }

    private static String event(JsonNode event) {
        int count = event.path("count").asInt();
        return event.path("message").asText() + (count > 1 ? " (x" + count + ")" : "");
    }

    private static String request(JsonNode request, boolean whole) {
        List<String> words = new ArrayList<>();
        add(words, request.path("target").asText());
        boolean failed = request.path("effect").asText().equals("FAILED");
        if (failed) {
            add(words, failure(request));
        }
        String changes = changes(request, whole);
        add(words, failed && !changes.isEmpty() ? "wanted " + changes : changes);
        add(words, request.path("effectReason").asText());
        return String.join("; ", words);
    }

    private static String failure(JsonNode request) {
        String reason = request.path("reason").asText();
        String message = request.path("message").asText();
        String text = reason + (reason.isEmpty() || message.isEmpty() ? "" : ": ") + message;
        JsonNode winner = request.path("winner");
        return winner.isObject()
                ? text + "; lost to " + winner.path("user").asText() + " (version "
                        + winner.path("resourceVersion").asText() + ")"
                : text;
    }

    private static String changes(JsonNode request, boolean whole) {
        JsonNode changes = request.path("changes");
        String effect = request.path("effect").asText();
        boolean everything = effect.equals("CREATED") || effect.equals("DELETED");
        if (changes.isEmpty() || everything && !whole) {
            return "";
        }
        String shown = byInterest(changes).stream()
                .limit(whole ? changes.size() : FEW_CHANGES)
                .map(SpanWords::change)
                .collect(Collectors.joining(", "));
        int left = whole ? 0 : Math.max(changes.size() - FEW_CHANGES, 0);
        int more = left + request.path("changesOmitted").asInt();
        String doubt = request.path("exact").asBoolean() ? "" : "~";
        return doubt + shown + (more > 0 ? ", " + more + " more" : "");
    }

    /** What people wanted before what the system reports. */
    private static List<JsonNode> byInterest(JsonNode changes) {
        List<JsonNode> sorted = new ArrayList<>();
        changes.forEach(sorted::add);
        sorted.sort(Comparator.comparingInt(change -> {
            String path = change.path("path").asText();
            return path.startsWith("status") ? 2 : path.startsWith("metadata") ? 1 : 0;
        }));
        return sorted;
    }

    private static String change(JsonNode change) {
        String path = change.path("path").asText();
        if (!change.has("before")) {
            return path + " = " + value(change.path("after"));
        }
        return change.has("after")
                ? path + ": " + value(change.path("before")) + " -> " + value(change.path("after"))
                : path + " removed";
    }

    private static String value(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "...";
    }

    private static void add(List<String> words, String word) {
        if (!word.isEmpty()) {
            words.add(word);
        }
    }
}
