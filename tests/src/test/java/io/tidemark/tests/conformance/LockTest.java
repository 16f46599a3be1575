package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.ElectionCases.campaign;
import static io.tidemark.tests.conformance.LockCases.lock;
import static io.tidemark.tests.conformance.LockCases.unlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.LeaderRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.LockResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.tests.ports.FreePorts;
import io.tidemark.watch.WatchMetric;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Locks and elections beyond what is compared with recordings of etcd ({@link StoreTest}). */
class LockTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreEndpoint store;

    @BeforeAll
    static void begin() {
        store = fresh("shared", Map.of());
    }

    @AfterAll
    static void end() {
        store.close();
    }

    private static StoreEndpoint fresh(String name, Map<String, String> settings) {
        return new StoreEndpoint(
                LOOPS.vertx(), folder.resolve(name), (keyspace, codec) -> new MemoryLog(codec.key()), settings);
    }

    private static Talk begin(StoreEndpoint server, Message.Builder request, String token) {
        Message message = request.build();
        return server.begin(EtcdMethod.taking(message).path(), message.toByteArray(), token);
    }

    private static Answer answer(Talk talk) {
        return answer(talk.answer());
    }

    /** When its key is there already. */
    private static CompletableFuture<Answer> ask(StoreEndpoint server, Message.Builder request) {
        Message message = request.build();
        return server.ask(EtcdMethod.taking(message).path(), message.toByteArray());
    }

    private static Answer answer(CompletableFuture<Answer> future) {
        return future.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static double waiting(StoreEndpoint server) {
        return server.gauge(WatchMetric.WAITING);
    }

    @Test
    void aLockWithoutALeaseIsHeldForAMinute() {
        LockResponse held = Ask.done(store, lock("minute", 0), LockResponse.parser());
        long lease = Long.parseLong(held.getKey().toStringUtf8().substring("minute/".length()), 16);
        LeaseTimeToLiveResponse left =
                Ask.done(store, LeaseTimeToLiveRequest.newBuilder().setID(lease), LeaseTimeToLiveResponse.parser());
        assertThat(left.getGrantedTTL()).isEqualTo(60);
    }

    @Test
    void aLeaseThatEndsByItselfHandsTheLockOn() {
        Ask.done(store, Ask.grant(101, 2));
        Ask.done(store, Ask.grant(102, 10_000));
        Ask.done(store, lock("ends", 101));
        Talk next = begin(store, lock("ends", 102), "");

        assertThat(answer(next)).isInstanceOf(Answer.Bytes.class);
    }

    @Test
    void compactionOfWhatIsReadAlreadyEndsNoWaiting() throws Exception {
        try (StoreEndpoint other = fresh("compacted", Map.of())) {
            Ask.done(other, Ask.grant(1, 10_000));
            Ask.done(other, Ask.grant(2, 10_000));
            Ask.done(other, lock("a", 1));
            Talk next = begin(other, lock("a", 2), "");
            await().atMost(PATIENCE).until(() -> waiting(other) == 1);
            long revision = Ask.write(other, "b", "x");
            Ask.done(other, CompactionRequest.newBuilder().setRevision(revision));
            Ask.done(other, unlock("a/1"));

            assertThat(answer(next)).isInstanceOf(Answer.Bytes.class);
        }
    }

    @Test
    void moreThanMayWaitAreRefusedAndLeaveNothing() throws Exception {
        try (StoreEndpoint other = fresh("bound", Map.of("watch.lock.waiting", "1"))) {
            for (int lease = 1; lease <= 3; lease++) {
                Ask.done(other, Ask.grant(lease, 10_000));
            }
            Ask.done(other, lock("a", 1));
            Talk second = begin(other, lock("a", 2), "");
            await().atMost(PATIENCE).until(() -> waiting(other) == 1);

            assertThat(Ask.answer(other, lock("a", 3)))
                    .isEqualTo(new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests"));
            Talk observing = other.begin(Observed.METHOD, new byte[0], "");
            assertThat(answer(observing))
                    .isEqualTo(new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: too many requests"));
            assertThat(Ask.done(other, Ask.everything(), RangeResponse.parser()).getCount())
                    .isEqualTo(2);
            Ask.done(other, unlock("a/1"));
            assertThat(answer(second)).isInstanceOf(Answer.Bytes.class);
            await().atMost(PATIENCE).until(() -> waiting(other) == 0);
            Talk later = begin(other, lock("a", 1), "");
            await().atMost(PATIENCE).until(() -> waiting(other) == 1);
            later.leave();
            await().atMost(PATIENCE).until(() -> waiting(other) == 0);
        }
    }

    @Test
    void whoLeavesIsNotWaitedForWithUsersEither() throws Exception {
        try (StoreEndpoint other = fresh("users", Map.of())) {
            Ask.done(other, Ask.grant(1, 10_000));
            Ask.done(other, Ask.grant(2, 10_000));
            Ask.done(other, campaign("e", 1, "one"));
            Ask.enableUsers(other, "secret");
            String token = Ask.token(other, "secret");
            Talk second = begin(other, campaign("e", 2, "two"), token);

            second.leave(); // returns when something was written since

            Answer left =
                    other.call("etcdserverpb.KV/Range", Ask.everything().build().toByteArray(), token);
            assertThat(Ask.parsed(RangeResponse.parser(), ((Answer.Bytes) left).message())
                            .getCount())
                    .isEqualTo(1);
        }
    }

    @Test
    void whoWaitsIsToldWhenAnotherNodeTakesOverAndFindsItsPlaceThere() throws Exception {
        SharedLogs logs = new SharedLogs();
        List<StoreEndpoint> nodes = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                int port = FreePorts.next();
                if (i == 0) {
                    logs.elect("127.0.0.1:" + port);
                }
                nodes.add(new StoreEndpoint(
                        LOOPS.vertx(),
                        folder.resolve("node" + i),
                        logs.seen(),
                        Map.of("etcd.port", String.valueOf(port))));
            }
            for (int lease = 1; lease <= 3; lease++) {
                Ask.done(nodes.getFirst(), Ask.grant(lease, 10_000));
            }
            Ask.done(nodes.getLast(), lock("a", 1));
            Talk there = begin(nodes.getFirst(), lock("a", 2), "");
            Talk handedOn = begin(nodes.getLast(), lock("a", 3), "");
            await().atMost(PATIENCE).until(() -> waiting(nodes.getFirst()) == 2);

            logs.elect("127.0.0.1:" + nodes.getLast().port());

            Answer told = new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: request timed out");
            assertThat(List.of(answer(there), answer(handedOn))).containsOnly(told);
            await().atMost(PATIENCE)
                    .until(() -> Ask.answer(nodes.getFirst(), Ask.put("b", "2")) instanceof Answer.Bytes);
            CompletableFuture<Answer> third = ask(nodes.getFirst(), lock("a", 3));
            CompletableFuture<Answer> second = ask(nodes.getLast(), lock("a", 2));
            Ask.done(nodes.getFirst(), unlock("a/1"));
            assertThat(answer(second)).isInstanceOf(Answer.Bytes.class);
            assertThat(third).isNotDone();
            Ask.done(nodes.getFirst(), unlock("a/2"));
            assertThat(answer(third)).isInstanceOf(Answer.Bytes.class);
        } finally {
            nodes.forEach(StoreEndpoint::close);
        }
    }

    @Test
    void whoObservesElectionsByTheGatewayIsToldLineByLine() throws Exception {
        Ask.done(store, Ask.grant(121, 10_000));
        Ask.done(store, campaign("lines", 121, "me"));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + store.port() + "/v3/election/observe"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"bGluZXM=\"}"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Iterator<String> lines = client.send(request, HttpResponse.BodyHandlers.ofLines())
                    .body()
                    .iterator();
            assertThat(lines.next()).startsWith("{\"result\":{").contains("\"value\":\"bWU=\"");
            client.shutdownNow();
        }
        await().atMost(PATIENCE).until(() -> waiting(store) == 0);
    }

    @Test
    void manyWhoObserveAreToldTheSameAsOne() {
        Ask.done(store, Ask.grant(131, 10_000));
        byte[] name =
                LeaderRequest.newBuilder().setName(Ask.bytes("many")).build().toByteArray();
        List<Talk> observing = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            observing.add(store.begin(Observed.METHOD, name, ""));
        }
        Ask.done(store, campaign("many", 131, "me"));
        observing.forEach(one -> one.awaitHeard(1));
        assertThat(observing.stream().map(Talk::told).map(LockTest::newest)).containsOnly("me");
        Ask.done(store, campaign("many", 131, "still me"));
        observing.forEach(one -> one.awaitHeard(2));
        assertThat(observing.stream().map(Talk::told).map(LockTest::newest)).containsOnly("still me");
        observing.forEach(Talk::leave);
    }

    private static String newest(byte[] observed) {
        return Observed.last(observed).getKv().getValue().toStringUtf8();
    }
}
