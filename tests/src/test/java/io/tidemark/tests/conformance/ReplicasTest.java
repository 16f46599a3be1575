package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.Member;
import io.tidemark.revision.etcd.proto.MemberListRequest;
import io.tidemark.revision.etcd.proto.MemberListResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.StatusRequest;
import io.tidemark.revision.etcd.proto.StatusResponse;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.tests.ports.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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

    private static final String RANGE = "etcdserverpb.KV/Range";

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

    /** etcd-io/etcd#18667: a transaction that read a compacted revision was half applied by some members. */
    @Test
    void aTransactionThatReadsWhatIsCompactedChangesNothingAnywhere() {
        start("compacted", 3);
        long first = Ask.write(nodes.getFirst(), "a", "1");
        long compacted = Ask.write(nodes.getLast(), "a", "2");
        Ask.done(nodes.getLast(), Ask.compact(compacted));
        for (StoreEndpoint node : nodes) {
            TxnRequest.Builder reads =
                    Txn.of(Ask.put("b", "1"), Ask.range("a").setRevision(first), Ask.put("c", "1")).build().toBuilder();
            assertThat(Ask.answer(node, reads))
                    .isEqualTo(new Answer.Refusal(
                            Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted"));
        }
        for (StoreEndpoint node : nodes) {
            RangeResponse found = Ask.done(node, Ask.everything(), RangeResponse.parser());
            assertThat(found.getCount()).isEqualTo(1);
            assertThat(found.getHeader().getRevision()).isEqualTo(compacted);
        }
        assertThat(nodes.stream().map(ReplicasTest::hash).distinct()).hasSize(1);
    }

    /** etcd-io/etcd#14571: members asked for users from different revisions on, and went apart. */
    @Test
    void allAskForUsersFromTheSameRevisionOn() {
        start("users", 3);
        List<CompletableFuture<Long>> writing = nodes.stream()
                .map(node -> CompletableFuture.supplyAsync(() -> writeUntilRefused(node))
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .toList();
        Ask.enableUsers(nodes.get(1), "secret");
        long last = writing.stream().mapToLong(CompletableFuture::join).max().orElseThrow();
        Set<Long> revisions = new HashSet<>();
        Set<ByteString> contents = new HashSet<>();
        for (StoreEndpoint node : nodes) {
            String own = Ask.token(node, "secret");
            byte[] message =
                    ((Answer.Bytes) node.call(RANGE, Ask.everything().build().toByteArray(), own)).message();
            RangeResponse found = Ask.parsed(RangeResponse.parser(), message);
            revisions.add(found.getHeader().getRevision());
            contents.add(found.toBuilder().clearHeader().build().toByteString());
            assertThat(Ask.answer(node, Ask.range("a"))).isInstanceOf(Answer.Refusal.class);
        }
        assertThat(revisions).containsExactly(last);
        assertThat(contents).hasSize(1);
    }

    /** Its own key, again and again; the revision that was answered last. */
    private static long writeUntilRefused(StoreEndpoint node) {
        long last = 0;
        while (Ask.answer(node, Ask.put("of-" + node.port(), "x")) instanceof Answer.Bytes bytes) {
            last = Ask.parsed(PutResponse.parser(), bytes.message()).getHeader().getRevision();
        }
        return last;
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
