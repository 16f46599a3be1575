package io.tidemark.tests.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;

/** Everything a platform has stored, read through its API. */
public final class SpanApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private SpanApi() {}

    /** All spans of a cluster by id, one JSON line each, as {@link SpanTopic#dump} writes those of the topic. */
    public static String dump(PlatformProcess platform, String cluster) throws IOException, InterruptedException {
        TreeMap<String, String> lines = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = page(platform, cluster, cursor);
            for (JsonNode span : page.path("spans")) {
                lines.put(span.path("spanId").asText(), span.toString());
            }
            cursor = page.path("next").isNull() ? "" : page.path("next").asText();
        } while (!cursor.isEmpty());
        StringBuilder dump = new StringBuilder();
        lines.values().forEach(line -> dump.append(line).append('\n'));
        return dump.toString();
    }

    private static JsonNode page(PlatformProcess platform, String cluster, String cursor)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = platform.get("/api/v1/search?order=ASC&limit=1000&cluster=" + cluster
                + (cursor.isEmpty() ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8)));
        if (answer.statusCode() != 200) {
            throw new IOException("search answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
