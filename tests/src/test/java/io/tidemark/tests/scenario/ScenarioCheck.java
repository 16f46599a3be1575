package io.tidemark.tests.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Asks a platform a question and says what its answers lack. */
public final class ScenarioCheck implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_PAGES = 50;

    private final RunningPlatform platform;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    public ScenarioCheck(RunningPlatform platform) {
        this.platform = platform;
    }

    /**
     * What is missing in the answers to a question, empty when nothing is.
     *
     * @param evidence audit IDs of the requests that prove the answer
     */
    public List<String> lacking(Question question, Set<String> evidence) throws IOException, InterruptedException {
        List<JsonNode> answers = new ArrayList<>();
        for (String query : question.queries()) {
            answers.addAll(pages(query));
        }
        return lacking(question, evidence, answers);
    }

    /** The same of answers that somebody else has got. */
    public static List<String> lacking(Question question, Set<String> evidence, List<JsonNode> answers) {
        StringBuilder text = new StringBuilder();
        Set<String> found = new TreeSet<>();
        for (JsonNode answer : answers) {
            text.append(answer);
            for (JsonNode request : answer.findValues("request")) {
                found.add(request.path("auditId").asText());
            }
        }
        List<String> lacking = new ArrayList<>();
        for (String auditId : evidence) {
            boolean expected = !question.notInTheLog().containsKey(auditId);
            if (expected && !found.contains(auditId)) {
                lacking.add("evidence " + auditId);
            } else if (!expected && found.contains(auditId)) {
                lacking.add("a reason to call " + auditId + " unanswerable: it is in the answer");
            }
        }
        question.words().stream()
                .filter(word -> text.indexOf(word) < 0)
                .forEach(word -> lacking.add("the words " + word));
        return lacking;
    }

    private List<JsonNode> pages(String query) throws IOException, InterruptedException {
        List<JsonNode> pages = new ArrayList<>();
        String cursor = "";
        do {
            String join = query.contains("?") ? "&" : "?";
            JsonNode page = get(query + (cursor.isEmpty() ? "" : join + "cursor=" + encoded(cursor)));
            pages.add(page);
            cursor = page.path("next").isNull() ? "" : page.path("next").asText();
        } while (!cursor.isEmpty() && pages.size() < MOST_PAGES);
        return pages;
    }

    private JsonNode get(String query) throws IOException, InterruptedException {
        URI uri = platform.baseUri().resolve("/api/v1" + query);
        HttpRequest request =
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(uri + " answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private static String encoded(String cursor) {
        return URLEncoder.encode(cursor, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
