package io.tidemark.tests.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A recorded audit log, cut into EventLists of a fixed number of events and ready to be sent as any number of clusters:
 * a copy differs from the recording in every UUID and in the date, both of the same length, so that making one means
 * overwriting bytes at known places. Each copy goes to a cluster name of its own, which makes all its objects new ones
 * with the recording's resourceVersions.
 */
final class Recording {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] HEAD = ascii("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[");
    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");
    private static final Set<String> NOT_TRACED = Set.of("leases", "events", "tokenreviews");

    private final List<EventList> lists;
    private final int events;
    private final long bytes;

    private Recording(List<EventList> lists, int events, long bytes) {
        this.lists = lists;
        this.events = events;
        this.bytes = bytes;
    }

    /**
     * One EventList of the recording.
     *
     * @param template its bytes
     * @param uuids where UUIDs begin
     * @param dates where dates begin
     * @param events number of events
     * @param probe the last request in it whose span can be asked for; null when there is none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record EventList(
            byte[] template,
            int[] uuids,
            int[] dates,
            int events,
            @Nullable Probe probe) {}

    /** What a request's span id is made of. */
    record Probe(String auditId, String verb, String uri, long receivedMicros) {}

    static Recording read(Path file, int listEvents) throws IOException {
        List<EventList> lists = new ArrayList<>();
        int events = 0;
        long bytes = 0;
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            List<String> batch = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                batch.add(line);
                events++;
                bytes += line.length();
                if (batch.size() == listEvents) {
                    lists.add(list(batch));
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                lists.add(list(batch));
            }
        }
        return new Recording(lists, events, bytes);
    }

    List<EventList> lists() {
        return lists;
    }

    int events() {
        return events;
    }

    long meanEventBytes() {
        return bytes / events;
    }

    private static EventList list(List<String> lines) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(HEAD);
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                out.write(',');
            }
            out.write(lines.get(i).getBytes(StandardCharsets.UTF_8));
        }
        out.write(ascii("]}"));
        byte[] template = out.toByteArray();
        return new EventList(template, Places.ofUuids(template), Places.ofDates(template), lines.size(), probe(lines));
    }

    private static @Nullable Probe probe(List<String> lines) throws IOException {
        for (int i = lines.size() - 1; i >= 0; i--) {
            JsonNode event = JSON.readTree(lines.get(i));
            String resource = event.path("objectRef").path("resource").asText();
            String uri = event.path("requestURI").asText();
            boolean plain = Places.ofUuids(ascii(uri)).length == 0;
            if (event.path("stage").asText().equals("ResponseComplete")
                    && WRITES.contains(event.path("verb").asText())
                    && plain
                    && !NOT_TRACED.contains(resource)
                    && !resource.endsWith("reviews")) {
                Instant received =
                        Instant.parse(event.path("requestReceivedTimestamp").asText());
                return new Probe(
                        event.path("auditID").asText(),
                        event.path("verb").asText(),
                        uri,
                        ChronoUnit.MICROS.between(Instant.EPOCH, received));
            }
        }
        return null;
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
