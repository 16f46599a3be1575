package io.tidemark.tests.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question, and how the trace API is asked.
 *
 * @param id id in the recording's scenario, where the question's text and its evidence stand
 * @param queries paths and parameters below {@code /api/v1}
 * @param words what a reader must find in the answers, besides the evidence
 * @param notInTheLog evidence that the trace API cannot hold (auditID), and why
 */
public record Question(String id, List<String> queries, Set<String> words, Map<String, String> notInTheLog) {
    static Question of(String id, Set<String> words, String... queries) {
        return new Question(id, List.of(queries), words, Map.of());
    }

    Question without(Map<String, String> reasons) {
        return new Question(id, queries, words, reasons);
    }

    @Override
    public String toString() {
        return id;
    }
}
