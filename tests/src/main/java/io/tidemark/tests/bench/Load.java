package io.tidemark.tests.bench;

import io.tidemark.tests.bench.Recording.EventList;
import io.tidemark.tests.bench.Recording.Probe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Copies of the recording sent through the webhook door by a few connections, each with one list under way, as an API
 * server does. Each connection sends its copies one after the other, in the recording's order.
 *
 * @param recording what is sent
 * @param first number of the first copy
 * @param copies how many
 * @param eventsPerSecond offered by all connections together; 0: as fast as the door answers
 */
record Load(Recording recording, int first, int copies, double eventsPerSecond) {
    private static final int CONNECTIONS = 2;
    private static final long BACK_OFF_MILLIS = 50;
    private static final int UNAVAILABLE = 503;

    /**
     * What became of it.
     *
     * @param events accepted; all that were sent, or the run fails
     * @param seconds from the first byte to the last answer
     * @param refusals answers 503, after which the list was sent again
     */
    record Outcome(long events, double seconds, long refusals) {}

    /** Told of each list when it begins to be sent. */
    interface Watcher {
        void sending(ClusterCopy copy, Probe probe, long nanoTime);
    }

    Outcome run(int port, Watcher watcher) throws IOException, InterruptedException {
        long began = System.nanoTime();
        List<Callable<Long>> senders = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int connection = i;
            senders.add(() -> send(port, connection, began, watcher));
        }
        long refusals = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (Future<Long> sender : threads.invokeAll(senders)) {
                refusals += sender.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("the load could not be sent", e);
        }
        return new Outcome((long) copies * recording.events(), (System.nanoTime() - began) / 1e9, refusals);
    }

    private long send(int port, int connection, long began, Watcher watcher) throws IOException, InterruptedException {
        int[] mine = IntStream.range(first, first + copies)
                .filter(number -> number % CONNECTIONS == connection)
                .toArray();
        int longest = recording.lists().stream()
                .mapToInt(list -> list.template().length)
                .max()
                .orElse(0);
        byte[] body = new byte[longest];
        long refusals = 0;
        long sent = 0;
        try (HttpConnection http = new HttpConnection(port)) {
            for (int number : mine) {
                ClusterCopy copy = new ClusterCopy(number);
                for (EventList list : recording.lists()) {
                    copy.fill(list, body);
                    awaitTurn(began, sent);
                    if (list.probe() != null) {
                        watcher.sending(copy, list.probe(), System.nanoTime());
                    }
                    refusals += post(http, copy, list, body);
                    sent += list.events();
                }
            }
        }
        return refusals;
    }

    private void awaitTurn(long began, long sent) throws InterruptedException {
        if (eventsPerSecond > 0) {
            long due = began + (long) (sent * CONNECTIONS / eventsPerSecond * 1e9);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
        }
    }

    /** Returns how often it was refused before it was taken. */
    private static long post(HttpConnection http, ClusterCopy copy, EventList list, byte[] body)
            throws IOException, InterruptedException {
        for (long refusals = 0; ; refusals++) {
            HttpConnection.Answer answer = http.post("/audit/" + copy.cluster(), body, list.template().length);
            if (answer.ok()) {
                return refusals;
            }
            if (answer.status() != UNAVAILABLE) {
                throw new IOException("the door answered " + answer.status() + ": " + answer.body());
            }
            TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
        }
    }
}
