package io.tidemark.tests.conformance;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Gives fresh etcd servers to tests in another process: a POST with {@code ?progress=} and the interval of progress is
 * answered with the address of one, a DELETE of {@code /PORT} ends it.
 */
final class FreshServers implements AutoCloseable {
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Integer, Server> servers = new ConcurrentHashMap<>();
    private final Starter starter;

    /** @param stop what ends it */
    record Server(int port, Closeable stop) {}

    /** Starts a server that tells progress that often, as in {@code 600000ms}. */
    @FunctionalInterface
    interface Starter {
        Server start(String progress) throws IOException;
    }

    FreshServers(Starter starter) throws IOException {
        this.starter = starter;
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(threads);
        http.createContext("/", this::handle);
        http.start();
    }

    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] answer;
            int status = 200;
            try {
                answer = answer(exchange).getBytes(StandardCharsets.UTF_8);
            } catch (IOException | RuntimeException e) {
                answer = e.toString().getBytes(StandardCharsets.UTF_8);
                status = 500;
            }
            exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private String answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            Server server = starter.start(exchange.getRequestURI().getQuery().replace("progress=", ""));
            servers.put(server.port, server);
            return "127.0.0.1:" + server.port;
        }
        int port = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
        Server server = servers.remove(port);
        if (server == null) {
            throw new IllegalArgumentException("no server on port " + port);
        }
        server.stop.close();
        return "";
    }

    @Override
    public void close() throws IOException {
        http.stop(0);
        threads.close();
        for (Server server : servers.values()) {
            server.stop.close();
        }
    }
}
