package io.tidemark.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.tests.conformance.TopicReader.Heard;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client of a watch topic on a WebSocket. */
final class TopicSocket implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final StringBuilder message = new StringBuilder();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    /** @param headers names and values */
    TopicSocket(StoreEndpoint store, String query, String... headers) {
        WebSocket.Builder builder =
                HttpClient.newHttpClient().newWebSocketBuilder().connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS));
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        URI where = URI.create(store.topics().toString().replace("http:", "ws:") + "/default" + query);
        socket = builder.buildAsync(where, this).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            JsonNode event = TopicReader.json(message.toString());
            message.setLength(0);
            heard.add(new Heard(event.path("event").asText(), event.path("id").asText(""), event.path("data")));
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    Heard next() throws InterruptedException {
        return Objects.requireNonNull(heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS), "a message within a minute");
    }

    List<Heard> changesUntil(long revision) throws InterruptedException {
        List<Heard> all = new ArrayList<>();
        Heard next = next();
        while (next.id().isEmpty() || next.revision() < revision) {
            all.add(next);
            next = next();
        }
        all.add(next);
        return all.stream().filter(Heard::isChange).toList();
    }

    /** The code with which the server closes it. */
    int closed() {
        return closed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
