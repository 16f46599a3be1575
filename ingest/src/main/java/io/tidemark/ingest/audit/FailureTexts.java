package io.tidemark.ingest.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes values out of the texts of a failed request. Validation and admission echo what they refuse, quoted or not, so
 * the text stays only for failures that are decided without looking at values, and there without what it quotes
 * except names that stand in the event anyway.
 */
final class FailureTexts {
    static final String WITHHELD =
            "redacted: the text of this failure can hold redacted values; see reason and details";
    private static final String QUOTE = "redacted";
    private static final Set<Integer> DECIDED_WITHOUT_VALUES = Set.of(401, 403, 404, 409, 410, 429);
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"?");
    private static final Pattern DENIED_BY_ADMISSION = Pattern.compile("denied (?:the )?request.*", Pattern.DOTALL);
    private static final int FAILURE = 400;

    private FailureTexts() {}

    /** Redacts a metav1.Status, if it tells of a failure. */
    static void redact(JsonNode status, Set<String> known) {
        int code = status.path("code").asInt();
        if (code < FAILURE || !(status instanceof ObjectNode object)) {
            return;
        }
        if (object.hasNonNull("message")) {
            object.put("message", redact(object.path("message").asText(), code, known));
        }
        for (JsonNode cause : object.path("details").path("causes")) {
            if (cause instanceof ObjectNode told && told.has("message")) {
                told.put("message", WITHHELD);
            }
        }
    }

    private static String redact(String message, int code, Set<String> known) {
        if (!DECIDED_WITHOUT_VALUES.contains(code)) {
            return WITHHELD;
        }
        String cut = DENIED_BY_ADMISSION.matcher(message).replaceAll("denied the request: " + QUOTE);
        Matcher quoted = QUOTED.matcher(cut);
        return quoted.replaceAll(match -> {
            String text = known.contains(match.group(1)) ? match.group(1) : QUOTE;
            return Matcher.quoteReplacement('"' + text + '"');
        });
    }
}
