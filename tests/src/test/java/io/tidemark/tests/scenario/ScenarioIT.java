package io.tidemark.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every question of the recording, put to the platform at {@code -Dtidemark.url}. */
@EnabledIfSystemProperty(named = "tidemark.url", matches = "http.*")
class ScenarioIT {
    private static Map<String, Set<String>> evidence = Map.of();
    private static ScenarioCheck check;

    @BeforeAll
    static void connect() throws IOException {
        URI uri = URI.create(System.getProperty("tidemark.url"));
        check = new ScenarioCheck(() -> uri);
        evidence = Evidence.read();
    }

    @AfterAll
    static void disconnect() {
        check.close();
    }

    static List<Question> questions() {
        return ScenarioQuestions.ALL;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void answersTheQuestion(Question question) throws IOException, InterruptedException {
        Set<String> proof = evidence.getOrDefault(question.id(), Set.of());
        assertEquals(List.of(), check.lacking(question, proof), () -> "asked " + question.queries());
    }
}
