package io.tidemark.watch.topic;

import io.tidemark.watch.view.Told;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client of a WebSocket. What is wrong with its request is told before there is one, as HTTP has it; afterwards it is closed
 * with 4000 and that status.
 */
final class SocketStream implements Client {
    private static final Logger LOG = LoggerFactory.getLogger(SocketStream.class);
    private static final int OWN_CODES = 4000;
    private static final short GOING_AWAY = 1001;

    private final HttpServerRequest request;
    private final int unreadBytes;
    /** What is told before the socket is open: not much, since it is full until then. */
    private final List<Framing.Messages> early = new ArrayList<>();

    private @Nullable ServerWebSocket socket;
    private boolean begun;
    private boolean closing;
    private Runnable drained = () -> {};
    private Runnable gone = () -> {};

    SocketStream(HttpServerRequest request, int unreadBytes) {
        this.request = request;
        this.unreadBytes = unreadBytes;
        request.pause(); // who asks is found out first
    }

    static boolean isMeant(HttpServerRequest request) {
        String upgrade = request.getHeader("Upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).equals("websocket");
    }

    /**
     * The origin of a page that is not of this server; empty when there is none. Browsers let any page open a WebSocket to
     * anywhere, so it is the server that has to look.
     */
    static String foreignOrigin(HttpServerRequest request) {
        String origin = Objects.requireNonNullElse(request.getHeader("Origin"), "");
        if (origin.isEmpty()) {
            return "";
        }
        try {
            String own = Objects.requireNonNullElse(request.getHeader("Host"), "");
            return own.equalsIgnoreCase(URI.create(origin).getRawAuthority()) ? "" : origin;
        } catch (IllegalArgumentException e) {
            return origin;
        }
    }

    @Override
    public Framing framing() {
        return Framing.SOCKET;
    }

    @Override
    public void begin() {
        if (!begun) {
            begun = true;
            request.toWebSocket().onSuccess(this::opened).onFailure(failed -> {
                LOG.debug("a watch topic's client asked for no proper WebSocket: cause={}", failed.toString());
                gone();
            });
        }
    }

    private void opened(ServerWebSocket open) {
        socket = open;
        open.setWriteQueueMaxSize(unreadBytes);
        open.drainHandler(ignored -> drained.run());
        open.exceptionHandler(away -> LOG.debug("a watch topic's client went away: cause={}", away.toString()));
        open.closeHandler(ignored -> gone());
        List<Framing.Messages> told = List.copyOf(early);
        early.clear();
        told.forEach(this::write);
        if (closing) {
            open.close(GOING_AWAY);
        } else {
            drained.run();
        }
    }

    @Override
    public void end(Problem problem) {
        ServerWebSocket open = socket;
        if (!begun) {
            request.resume();
            EventStream.refuse(request, problem);
        } else if (open == null) {
            write(new Told(Told.PROBLEM, 0, false, problem.json()));
            closing = true;
        } else if (!open.isClosed()) {
            write(new Told(Told.PROBLEM, 0, false, problem.json()));
            open.close((short) (OWN_CODES + problem.status()), problem.title());
        }
    }

    @Override
    public void end() {
        ServerWebSocket open = socket;
        closing = true;
        if (open != null && !open.isClosed()) {
            open.close(GOING_AWAY);
        }
    }

    @Override
    public void write(Framing.Messages messages) {
        begin();
        ServerWebSocket open = socket;
        if (open == null) {
            early.add(messages);
        } else if (!open.isClosed()) {
            for (byte[] message : messages.pieces()) {
                open.writeFinalTextFrame(new String(message, StandardCharsets.UTF_8));
            }
        }
    }

    @Override
    public void beat() {
        ServerWebSocket open = socket;
        if (open != null && !open.isClosed()) {
            open.writePing(Buffer.buffer());
        }
    }

    @Override
    public boolean isFull() {
        ServerWebSocket open = socket;
        return open == null || open.writeQueueFull();
    }

    @Override
    public void whenDrained(Runnable then) {
        drained = then;
    }

    @Override
    public void whenGone(Runnable then) {
        gone = then;
        request.connection().shutdownHandler(ignored -> {
            gone();
            end();
        });
    }

    private void gone() {
        Runnable first = gone;
        gone = () -> {};
        first.run();
    }
}
