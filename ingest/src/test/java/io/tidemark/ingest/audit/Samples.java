package io.tidemark.ingest.audit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Lines of a real API server's audit log, and texts made from them. */
public final class Samples {
    /** A moment after the lines were recorded: 2026-11-24T00:00:00Z. */
    public static final long NOW_MICROS = 1_795_478_400_000_000L;

    /** A valid event in short; tests change one thing in it. */
    public static final String EVENT = """
            {"kind":"Event","apiVersion":"audit.k8s.io/v1","level":"Metadata","auditID":"id-1","stage":"ResponseComplete",\
            "requestURI":"/api/v1/namespaces/shop/pods/p","verb":"get","user":{"username":"dave"},\
            "objectRef":{"resource":"pods","namespace":"shop","name":"p","apiVersion":"v1"},\
            "responseStatus":{"metadata":{},"code":200},"requestReceivedTimestamp":"2026-11-23T08:17:47.079384Z",\
            "stageTimestamp":"2026-11-23T08:17:47.081000Z"}""";

    private Samples() {}

    public static List<String> lines() {
        try (InputStream in = Samples.class.getResourceAsStream("/io/tidemark/ingest/shop.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String list(List<String> events) {
        return "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
                + String.join(",", events) + "]}\n";
    }

    public static ByteSlice bytes(String text) {
        return ByteSlice.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The event with one piece of its text changed. */
    public static String with(String piece, String changed) {
        if (!EVENT.contains(piece)) {
            throw new IllegalArgumentException("the sample event does not contain " + piece);
        }
        return EVENT.replace(piece, changed);
    }
}
