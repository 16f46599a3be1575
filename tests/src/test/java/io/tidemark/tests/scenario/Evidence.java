package io.tidemark.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.tests.oracle.ShopRecording;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The recording's questions: their evidence, by id. */
public final class Evidence {
    private Evidence() {}

    /** Audit IDs that prove the answer, by question id, in the order of the recording. */
    public static Map<String, Set<String>> read() throws IOException {
        Map<String, Set<String>> byQuestion = new LinkedHashMap<>();
        for (JsonNode question : ShopRecording.document("scenario.json").path("questions")) {
            Set<String> auditIds = new LinkedHashSet<>();
            question.path("evidence")
                    .forEach(proof -> auditIds.add(proof.path("auditID").asText()));
            byQuestion.put(question.path("id").asText(), auditIds);
        }
        return byQuestion;
    }
}
