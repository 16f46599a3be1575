package io.tidemark.service;

import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream of Server-Sent Events, as Tidemark's servers write them: a line for each field, the data in one.
 *
 * @param name what it is; empty when it was not said
 * @param id where a client goes on that has read it; empty when it has none
 * @param data empty when there is none: then nobody is told of it, but its id counts
 */
public record ServerSentEvent(String name, String id, String data) {
    /** Reads up to the next empty line; null when the stream ended before it: what has no end is not counted as read. */
    public static @Nullable ServerSentEvent read(BufferedReader from) throws IOException {
        String name = "";
        String id = "";
        String data = "";
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            if (line.isEmpty()) {
                return new ServerSentEvent(name, id, data);
            } else if (line.startsWith("event: ")) {
                name = line.substring("event: ".length());
            } else if (line.startsWith("id: ")) {
                id = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                data = line.substring("data: ".length());
            }
        }
        return null;
    }
}
