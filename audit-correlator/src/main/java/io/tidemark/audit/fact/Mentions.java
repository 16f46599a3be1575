package io.tidemark.audit.fact;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.schema.audit.Mention;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Objects that a Kubernetes Event is about besides its subject. Controllers report on the owner ("Created pod: web-1" on
 * the ReplicaSet) what people look for on the owned object, so the messages of the built-in controllers are read. A
 * message that is not known names nothing: a missing link is better than a wrong one.
 */
final class Mentions {
    private static final String NAME = "([a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)";
    private static final String COMBINED = "(combined from similar events): ";

    /** What a message of some reason names; group 1 is the name. */
    private record Message(String reason, Pattern pattern, String kind, boolean namespaced) {}

    /** Sources: the controllers' recorders in {@code pkg/controller} and the scheduler's in {@code pkg/scheduler}. */
    private static final List<Message> MESSAGES = List.of(
            message("ScalingReplicaSet", "Scaled (?:up|down) replica set " + NAME + " (?:from|to) .*", "ReplicaSet"),
            message("SuccessfulCreate", "Created pod: " + NAME, "Pod"),
            message("SuccessfulDelete", "Deleted pod: " + NAME, "Pod"),
            message("SuccessfulCreate", "[Cc]reate Pod " + NAME + " in StatefulSet .* successful", "Pod"),
            message("SuccessfulDelete", "[Dd]elete Pod " + NAME + " in StatefulSet .* successful", "Pod"),
            message("SuccessfulCreate", "[Cc]reate Claim " + NAME + " Pod .* success", "PersistentVolumeClaim"),
            message("SuccessfulCreate", "Created job " + NAME, "Job"),
            message("SuccessfulDelete", "Deleted job " + NAME, "Job"),
            message("SawCompletedJob", "Saw completed job: " + NAME + ", .*", "Job"),
            new Message("Scheduled", Pattern.compile("Successfully assigned \\S+ to " + NAME), "Node", false));

    private Mentions() {}

    static List<Mention> of(JsonNode event, String namespace) {
        List<Mention> mentions = new ArrayList<>();
        JsonNode related = event.path("related");
        if (related.hasNonNull("kind") && related.hasNonNull("name")) {
            mentions.add(new Mention(
                    related.path("kind").asText(),
                    related.path("namespace").asText(),
                    related.path("name").asText()));
        }
        String reason = event.path("reason").asText();
        String text = event.path(event.has("note") ? "note" : "message").asText();
        String message = text.startsWith(COMBINED) ? text.substring(COMBINED.length()) : text;
        for (Message known : MESSAGES) {
            Matcher matcher = known.pattern().matcher(message);
            if (known.reason().equals(reason) && matcher.matches()) {
                Mention found = new Mention(known.kind(), known.namespaced() ? namespace : "", matcher.group(1));
                if (!mentions.contains(found)) {
                    mentions.add(found);
                }
            }
        }
        return mentions;
    }

    private static Message message(String reason, String pattern, String kind) {
        return new Message(reason, Pattern.compile(pattern), kind, true);
    }
}
