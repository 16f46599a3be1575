package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.ClientCall;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.AlarmMember;
import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AlarmResponse;
import io.tidemark.revision.etcd.proto.AlarmType;
import io.tidemark.revision.etcd.proto.DefragmentRequest;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.MemberListRequest;
import io.tidemark.revision.etcd.proto.MemberListResponse;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RangeStreamResponse;
import io.tidemark.service.Health;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The store answers on its port what a real etcd answered on its own: fields, revisions, codes and texts. */
class StoreTest {
    /** etcd keeps what its last compactions found, as of before, until it is started again. */
    private static final Call REMEMBERED =
            Call.of(HashKVRequest.newBuilder().setRevision(4).build());

    private static final String ALARM = "etcdserverpb.Maintenance/Alarm";
    private static final String RANGE = "etcdserverpb.KV/Range";

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static List<Transcript> transcripts() throws IOException {
        return TranscriptFile.readAll(TranscriptFile.FOLDER).stream()
                .map(StoreTest::served)
                .filter(transcript -> !transcript.exchanges().isEmpty())
                .toList();
    }

    private static Transcript served(Transcript transcript) {
        List<Exchange> exchanges = transcript.exchanges().stream()
                .filter(exchange -> !isCutByEtcd(exchange.call()))
                .filter(exchange -> !exchange.call().equals(REMEMBERED))
                .toList();
        return new Transcript(transcript.name(), transcript.shows(), exchanges);
    }

    @TestFactory
    List<DynamicTest> answersWhatEtcdAnswered() throws IOException {
        return transcripts().stream()
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> {
                    Path image = folder.resolve(transcript.name().replace('/', '-'));
                    try (StoreEndpoint store =
                            new StoreEndpoint(LOOPS.vertx(), image, Programs.quota(transcript.name()))) {
                        assertThat(Replay.differences(transcript, store)).isEmpty();
                    }
                }))
                .toList();
    }

    /** Sorted by something else than the key, etcd's pieces leave keys out: that is refused here. */
    private static boolean isCutByEtcd(Call call) {
        if (!call.method().path().endsWith("/RangeStream")) {
            return false;
        }
        RangeRequest range = parsed(call);
        return range.getSortTarget() != RangeRequest.SortTarget.KEY
                && range.getSortOrder() == RangeRequest.SortOrder.NONE;
    }

    private static RangeRequest parsed(Call call) {
        try {
            return RangeRequest.parseFrom(call.request().toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("a recorded request is one", e);
        }
    }

    @Test
    void aStreamIsTheAnswerInPiecesOfWhichNoneIsEmptyWhateverIsWrittenMeanwhile() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("pieces"))) {
            String value = "v".repeat(4_000);
            for (int i = 0; i < 1_500; i++) {
                put(store, "k/%04d".formatted(i), value);
            }
            byte[] all = Ask.range("k/", "k0").build().toByteArray();
            RangeResponse expected = RangeResponse.parseFrom(ask(store, RANGE, Ask.range("k/", "k0")));

            Iterator<byte[]> messages = store.messages("etcdserverpb.KV/RangeStream", all);
            List<RangeResponse> pieces = new ArrayList<>();
            while (messages.hasNext()) {
                pieces.add(RangeStreamResponse.parseFrom(messages.next()).getRangeResponse());
                put(store, "k/0000", "meanwhile");
                put(store, "k/9999", "meanwhile");
            }

            RangeResponse.Builder merged = RangeResponse.newBuilder();
            pieces.forEach(merged::mergeFrom);
            assertThat(merged.build()).isEqualTo(expected);
            assertThat(pieces).hasSizeGreaterThan(5).allMatch(piece -> piece.getKvsCount() > 0);
            assertThat(pieces.subList(0, pieces.size() - 1)).noneMatch(RangeResponse::hasHeader);
        }
    }

    @Test
    void whoDoesNotReadALongAnswerGetsOthersOnTheSameConnection() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("unread"))) {
            for (int i = 0; i < 10; i++) {
                put(store, "k/" + i, "v".repeat(1_000_000));
            }
            byte[] all = Ask.range("k/", "k0").build().toByteArray();
            ClientCall<byte[], byte[]> list = store.unread(RANGE, all);
            ClientCall<byte[], byte[]> pieces = store.unread("etcdserverpb.KV/RangeStream", all);

            for (int i = 0; i < 50; i++) {
                ask(store, RANGE, Ask.range("k/", "k0").setCountOnly(true));
                put(store, "other", "x");
                ask(store, "etcdserverpb.KV/DeleteRange", Ask.delete("other"));
            }

            list.cancel("seen enough", null);
            pieces.cancel("seen enough", null);
        }
    }

    @Test
    void aLeaseWhoseTimeIsOverTakesItsKeysWithItAtOneRevision() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("expiry"))) {
            ask(store, "etcdserverpb.Lease/LeaseGrant", Ask.grant(5, 2));
            ask(store, "etcdserverpb.KV/Put", Ask.put("a", "x").setLease(5));
            ask(store, "etcdserverpb.KV/Put", Ask.put("b", "x").setLease(5));
            put(store, "c", "stays");

            await().atMost(Duration.ofMinutes(1)).until(() -> everything(store).getCount() == 1);

            assertThat(everything(store).getHeader().getRevision()).isEqualTo(5);
            assertThat(LeaseTimeToLiveResponse.parseFrom(
                                    ask(store, "etcdserverpb.Lease/LeaseTimeToLive", Ask.timeToLive(5)))
                            .getTTL())
                    .isEqualTo(-1);
        }
    }

    @Test
    void whatWasDeletedAndCompactedMakesRoomForMore() throws Exception {
        byte[] random = new byte[100 * 1024];
        new Random(1).nextBytes(random);
        PutRequest.Builder large =
                PutRequest.newBuilder().setKey(Ask.bytes("a")).setValue(ByteString.copyFrom(random));
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("quota"), 512 * 1024)) {
            ask(store, "etcdserverpb.KV/Put", large);
            while (store.call("etcdserverpb.KV/Put", large.build().toByteArray()) instanceof Answer.Bytes) {
                assertThat(everything(store).getHeader().getRevision()).isLessThan(20);
            }
            long revision = everything(store).getHeader().getRevision();
            ask(store, "etcdserverpb.KV/Compact", Ask.compact(revision).setPhysical(true));
            ask(store, "etcdserverpb.Maintenance/Defragment", DefragmentRequest.newBuilder());
            AlarmMember raised = AlarmResponse.parseFrom(ask(store, ALARM, AlarmRequest.newBuilder()))
                    .getAlarms(0);
            ask(
                    store,
                    ALARM,
                    AlarmRequest.newBuilder()
                            .setAction(AlarmRequest.AlarmAction.DEACTIVATE)
                            .setMemberID(raised.getMemberID())
                            .setAlarm(AlarmType.NOSPACE));

            ask(store, "etcdserverpb.KV/Put", large);

            assertThat(everything(store).getHeader().getRevision()).isEqualTo(revision + 1);
        }
    }

    /** What needs none is done: it is how room is made. Nobody has to clear an alarm when there is room again. */
    @Test
    void whatNeedsRoomIsRefusedWhileTheDiskHasNone() throws Exception {
        Map<String, String> settings = Map.of(StoreEndpoint.FREE, String.valueOf(Long.MAX_VALUE));
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("full"), settings, null)) {
            Answer.Refusal refusal =
                    new Answer.Refusal(Status.Code.RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded");
            assertThat(Ask.answer(store, Ask.put("a", "x"))).isEqualTo(refusal);
            assertThat(Ask.answer(store, Ask.grant(7, 60))).isEqualTo(refusal);

            assertThat(everything(store).getHeader().getRevision()).isOne();
            Ask.done(store, Ask.delete("a"));
            Ask.done(store, Ask.compact(1));
            assertThat(AlarmResponse.parseFrom(ask(store, ALARM, AlarmRequest.newBuilder()))
                            .getAlarmsCount())
                    .isZero();
            assertThat(store.store().check()).isInstanceOf(Health.Degraded.class);
        }
    }

    @Test
    void theMemberIsReachedWhereItSays() throws Exception {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("member"))) {
            MemberListResponse members = MemberListResponse.parseFrom(
                    ask(store, "etcdserverpb.Cluster/MemberList", MemberListRequest.newBuilder()));

            assertThat(members.getMembers(0).getClientURLsList()).containsExactly("http://127.0.0.1:" + store.port());
        }
    }

    private static RangeResponse everything(StoreEndpoint store) throws InvalidProtocolBufferException {
        return RangeResponse.parseFrom(ask(store, RANGE, Ask.everything()));
    }

    private static byte[] ask(StoreEndpoint store, String method, Message.Builder request) {
        Answer answer = store.call(method, request.build().toByteArray());
        assertThat(answer).isInstanceOf(Answer.Bytes.class);
        return ((Answer.Bytes) answer).message();
    }

    private static void put(StoreEndpoint store, String key, String value) {
        ask(store, "etcdserverpb.KV/Put", Ask.put(key, value));
    }

    @Test
    void mostOfWhatWasRecordedIsServed() throws IOException {
        int requests = transcripts().stream()
                .mapToInt(transcript -> transcript.exchanges().size())
                .sum();

        assertThat(requests).isGreaterThan(13_000);
    }

    @Test
    void whatIsNotServedIsUnimplementedAsClientsProbeForIt() {
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("unimplemented"))) {
            for (String method : List.of("etcdserverpb.Maintenance/MoveLeader", "etcdserverpb.Maintenance/Downgrade")) {
                assertThat(store.call(method, new byte[0]))
                        .isInstanceOfSatisfying(
                                Answer.Refusal.class,
                                refusal -> assertThat(refusal.code().name()).isEqualTo("UNIMPLEMENTED"));
            }
        }
    }
}
