package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Status;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.Member;
import io.tidemark.revision.etcd.proto.MemberListRequest;
import io.tidemark.revision.etcd.proto.MemberListResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.StatusRequest;
import io.tidemark.revision.etcd.proto.StatusResponse;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Several nodes of one keyspace: each takes every call, and what one answered all show. */
class ReplicasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Transcripts that a node which follows answers as etcd did: all kinds of writes, leases, tokens, refusals. */
    private static final Set<String> REPLAYED = Set.of("auth", "lease", "put", "kubernetes", "lock", "election");

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private final List<StoreEndpoint> nodes = new ArrayList<>();

    @AfterEach
    void stop() {
        nodes.forEach(StoreEndpoint::close);
        nodes.clear();
    }

    @TestFactory
    List<DynamicTest> aNodeThatFollowsAnswersWhatEtcdAnswered() throws IOException {
        List<Transcript> all = new ArrayList<>();
        for (String part : REPLAYED) {
            all.addAll(TranscriptFile.readAll(TranscriptFile.FOLDER.resolve(part)));
        }
        return all.stream()
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> {
                    start(transcript.name().replace('/', '-'), 2);
                    assertThat(Replay.differences(transcript, nodes.getLast())).isEmpty();
                    stop();
                }))
                .toList();
    }

    @Test
    void whatOneAnswersAllShowAtOnce() {
        start("shown", 3);
        for (int i = 0; i < 300; i++) {
            String key = "k" + i % 7;
            String value = "v" + i;
            Ask.done(nodes.get(i % 3), Ask.put(key, value));
            RangeResponse found = Ask.done(nodes.get((i + 1) % 3), Ask.range(key), RangeResponse.parser());
            assertThat(found.getKvs(0).getValue().toStringUtf8()).isEqualTo(value);
        }
        assertThat(nodes.stream().map(ReplicasTest::hash).distinct()).hasSize(1);
    }

    @Test
    void theyKnowEachOtherAndWhoWrites() {
        start("members", 3);
        List<MemberListResponse> lists = nodes.stream()
                .map(node -> Ask.done(node, MemberListRequest.newBuilder(), MemberListResponse.parser()))
                .toList();
        List<Long> ids =
                lists.stream().map(list -> list.getHeader().getMemberId()).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(lists)
                .allSatisfy(list -> assertThat(list.getMembersList())
                        .extracting(Member::getID)
                        .containsExactlyInAnyOrderElementsOf(ids));
        assertThat(lists.getLast().getMembersList())
                .flatExtracting(Member::getClientURLsList)
                .containsExactlyInAnyOrderElementsOf(nodes.stream()
                        .map(node -> "http://127.0.0.1:" + node.port())
                        .toList());
        assertThat(nodes)
                .extracting(node -> Ask.done(node, StatusRequest.newBuilder(), StatusResponse.parser())
                        .getLeader())
                .containsOnly(ids.getFirst());
    }

    @Test
    void anotherOneTakesOverAndLeasesKeepTheirTime() {
        SharedLogs logs = start("change", 3);
        Ask.done(nodes.get(1), Ask.grant(7, 1_000));
        Ask.done(nodes.get(1), Ask.put("a", "1").setLease(7));

        logs.elect("127.0.0.1:" + nodes.get(2).port());
        await().atMost(PATIENCE).until(() -> Ask.answer(nodes.get(0), Ask.put("b", "2")) instanceof Answer.Bytes);
        for (StoreEndpoint node : nodes) {
            LeaseTimeToLiveResponse lease = Ask.done(node, Ask.timeToLive(7), LeaseTimeToLiveResponse.parser());
            assertThat(lease.getGrantedTTL()).isEqualTo(1_000);
            assertThat(lease.getTTL()).isBetween(900L, 1_000L);
        }
        assertThat(nodes.stream().map(ReplicasTest::hash).distinct()).hasSize(1);
    }

    @Test
    void withoutAWriterWhatIsAppliedIsStillTold() {
        SharedLogs logs = start("nobody", 2);
        Ask.done(nodes.getFirst(), Ask.put("a", "1"));
        Ask.done(nodes.getLast(), Ask.range("a"));
        logs.elect();

        Answer noLeader = new Answer.Refusal(Status.Code.UNAVAILABLE, "etcdserver: no leader");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Ask.answer(nodes.getLast(), Ask.put("a", "2")))
                        .isEqualTo(noLeader));
        RangeResponse found = Ask.done(nodes.getLast(), Ask.range("a").setSerializable(true), RangeResponse.parser());
        assertThat(found.getCount()).isEqualTo(1);
    }

    /** Nodes of one fresh keyspace, of which the first is elected. */
    private SharedLogs start(String name, int count) {
        SharedLogs logs = new SharedLogs();
        List<Integer> ports = Stream.generate(FreePorts::next).limit(count).toList();
        logs.elect("127.0.0.1:" + ports.getFirst());
        for (int port : ports) {
            Path image = folder.resolve(name + "-" + port);
            nodes.add(new StoreEndpoint(LOOPS.vertx(), image, logs.seen(), Map.of("etcd.port", String.valueOf(port))));
        }
        return logs;
    }

    private static int hash(StoreEndpoint node) {
        Ask.done(node, Ask.everything()); // linearizable: all is applied
        return Ask.done(node, HashKVRequest.newBuilder(), HashKVResponse.parser())
                .getHash();
    }
}
