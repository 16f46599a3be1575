package io.tidemark.tests.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScenarioCheckTest {
    private static final Map<String, String> ANSWERS = Map.of(
            "/api/v1/search?user=erin", "{\"spans\":[{\"request\":{\"auditId\":\"a1\"}}],\"next\":\"p 2\"}",
            "/api/v1/search?user=erin&cursor=p+2",
                    "{\"spans\":[{\"request\":{\"auditId\":\"a2\",\"verb\":\"patch\"}}],\"next\":null}");

    private HttpServer server;
    private ScenarioCheck check;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String answer = ANSWERS.get(exchange.getRequestURI().toString());
            byte[] bytes = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        check = new ScenarioCheck(() -> uri);
    }

    @AfterEach
    void stop() {
        check.close();
        server.stop(0);
    }

    @Test
    void findsEvidenceAndWordsOnAllPages() throws IOException, InterruptedException {
        Question question = Question.of("q", Set.of("patch"), "/search?user=erin");
        assertEquals(List.of(), check.lacking(question, Set.of("a1", "a2")));
    }

    @Test
    void namesWhatIsLacking() throws IOException, InterruptedException {
        Question question = Question.of("q", Set.of("delete"), "/search?user=erin");
        assertEquals(List.of("evidence a3", "the words delete"), check.lacking(question, Set.of("a3")));
    }

    @Test
    void letsGoOfEvidenceThatIsNotInTheLogButOnlyOfThat() throws IOException, InterruptedException {
        Question question = Question.of("q", Set.of(), "/search?user=erin").without(Map.of("a1", "a read"));
        assertEquals(
                List.of("a reason to call a1 unanswerable: it is in the answer"),
                check.lacking(question, Set.of("a1", "a2")));
    }

    @Test
    void failsWhenTheApiRefuses() {
        Question question = Question.of("q", Set.of(), "/search?user=nobody");
        IOException refusal = assertThrows(IOException.class, () -> check.lacking(question, Set.of()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("404"));
    }

    @Test
    void asksEveryQuestionOfTheRecordingAndNamesOnlyRealEvidenceAsUnanswerable() throws IOException {
        Map<String, Set<String>> evidence = Evidence.read();
        assertEquals(
                List.copyOf(evidence.keySet()),
                ScenarioQuestions.ALL.stream().map(Question::id).toList());
        for (Question question : ScenarioQuestions.ALL) {
            assertTrue(
                    evidence.getOrDefault(question.id(), Set.of())
                            .containsAll(question.notInTheLog().keySet()),
                    question::id);
        }
    }
}
