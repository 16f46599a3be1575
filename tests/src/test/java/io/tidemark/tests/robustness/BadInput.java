package io.tidemark.tests.robustness;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of bad input.
 *
 * @param name what is bad about it
 * @param method HTTP method
 * @param path where it is sent
 * @param sent headers sent
 * @param body what is sent
 * @param status the answer's status
 * @param answer the answer's JSON
 * @param headers further headers of the answer
 * @param rejects what it leaves on the topic of rejects
 */
record BadInput(
        String name,
        String method,
        String path,
        Map<String, String> sent,
        byte[] body,
        int status,
        String answer,
        Map<String, String> headers,
        List<Reject> rejects) {

    /** A record of the topic of rejects, without what every one of them has. */
    record Reject(String reason, String position, @Nullable String auditId, String message) {}

    /** A list sent to the webhook as JSON. */
    static BadInput list(String name, String body, int status, String answer) {
        return list(name, body.getBytes(StandardCharsets.UTF_8), status, answer);
    }

    static BadInput list(String name, byte[] body, int status, String answer) {
        return new BadInput(
                name,
                "POST",
                "/audit/" + BadInputs.CLUSTER,
                Map.of("Content-Type", "application/json"),
                body,
                status,
                answer,
                Map.of(),
                List.of());
    }

    /** A list with one bad event in it, between good ones. */
    static BadInput event(String name, String event, Reject reject) {
        BadInput list = list(
                name, BadInputs.list(BadInputs.GOOD, event, BadInputs.GOOD), 200, "{\"accepted\":2,\"rejected\":1}");
        return new BadInput(
                name,
                list.method,
                list.path,
                list.sent,
                list.body,
                list.status,
                list.answer,
                Map.of(),
                List.of(reject));
    }

    BadInput withHeader(String header, String value) {
        Map<String, String> all = new HashMap<>(sent);
        all.put(header, value);
        return new BadInput(name, method, path, all, body, status, answer, headers, rejects);
    }

    @Override
    public String toString() {
        return name;
    }
}
