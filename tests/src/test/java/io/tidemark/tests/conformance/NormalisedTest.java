package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.tests.conformance.Reply.Replied;
import io.tidemark.tests.conformance.Reply.Unreadable;
import org.junit.jupiter.api.Test;

class NormalisedTest {
    private static Reply reply(Message.Builder request, Message.Builder response) {
        byte[] bytes = response.build().toByteArray();
        return Normalised.reply(Call.of(request.build()), new Answer.Bytes(bytes));
    }

    private static ByteString bytes(Reply reply) {
        return ((Replied) reply).message().toByteString();
    }

    @Test
    void keepsOfIdsOnlyThatTheyAreSet() {
        ResponseHeader.Builder header =
                ResponseHeader.newBuilder().setClusterId(77).setMemberId(78).setRevision(9);

        assertThat(bytes(reply(Ask.range("a"), RangeResponse.newBuilder().setHeader(header))))
                .isEqualTo(RangeResponse.newBuilder()
                        .setHeader(header.setClusterId(1).setMemberId(1))
                        .build()
                        .toByteString());
    }

    @Test
    void keepsTheRest() {
        RangeResponse.Builder response = RangeResponse.newBuilder()
                .addKvs(KeyValue.newBuilder()
                        .setKey(Ask.bytes("\0\u00ff"))
                        .setModRevision(8)
                        .setLease(99))
                .setMore(true)
                .setCount(4);

        assertThat(bytes(reply(Ask.range("a"), response)))
                .isEqualTo(response.build().toByteString());
    }

    @Test
    void doesNotPassOverFieldsThatItDoesNotKnow() {
        UnknownFieldSet unknown =
                UnknownFieldSet.newBuilder().mergeVarintField(900, 1).build();
        RangeResponse.Builder below =
                RangeResponse.newBuilder().addKvs(KeyValue.newBuilder().setUnknownFields(unknown));

        assertThat(reply(Ask.range("a"), RangeResponse.newBuilder().setUnknownFields(unknown)))
                .isEqualTo(new Unreadable("fields that are in no .proto file of ours: etcdserverpb.RangeResponse 900"));
        assertThat(reply(Ask.range("a"), below))
                .isEqualTo(new Unreadable("fields that are in no .proto file of ours: mvccpb.KeyValue 900"));
    }

    @Test
    void doesNotPassOverBytesThatAreNoMessage() {
        assertThat(Normalised.reply(Call.of(Ask.range("a").build()), new Answer.Bytes(new byte[] {10, 5, 1})))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void countsALeasesSecondsAsGrantedForAMinute() {
        assertThat(secondsLeft(10_000)).isEqualTo(10_000);
        assertThat(secondsLeft(9_940)).isEqualTo(10_000);
        assertThat(secondsLeft(9_939)).isEqualTo(9_939);
        assertThat(secondsLeft(10_001)).isEqualTo(10_001);
        assertThat(secondsLeft(0)).isZero();
        assertThat(secondsLeft(-1)).isEqualTo(-1);
    }

    private static long secondsLeft(long seconds) {
        Reply reply = reply(
                Ask.timeToLive(7),
                LeaseTimeToLiveResponse.newBuilder().setTTL(seconds).setGrantedTTL(10_000));
        Message message = ((Replied) reply).message();
        return (long) message.getField(message.getDescriptorForType().findFieldByName("TTL"));
    }

    @Test
    void sortsALeasesKeysAsUnsignedBytes() {
        LeaseTimeToLiveResponse.Builder response = LeaseTimeToLiveResponse.newBuilder();
        LeaseTimeToLiveResponse.Builder sorted = LeaseTimeToLiveResponse.newBuilder();
        for (String key : new String[] {"\u00ff", "b", "a"}) {
            response.addKeys(Ask.bytes(key));
        }
        for (String key : new String[] {"a", "b", "\u00ff"}) {
            sorted.addKeys(Ask.bytes(key));
        }

        assertThat(bytes(reply(Ask.timeToLive(7), response)))
                .isEqualTo(sorted.build().toByteString());
    }

    @Test
    void keepsALeasesIdUnlessTheServerChoseIt() {
        assertThat(bytes(reply(Ask.grant(0, 5), LeaseGrantResponse.newBuilder().setID(12345))))
                .isEqualTo(LeaseGrantResponse.newBuilder().setID(1).build().toByteString());
        assertThat(bytes(reply(Ask.grant(0, 5), LeaseGrantResponse.newBuilder().setID(-5))))
                .isEqualTo(LeaseGrantResponse.newBuilder().setID(-5).build().toByteString());
        assertThat(bytes(reply(Ask.grant(7, 5), LeaseGrantResponse.newBuilder().setID(8))))
                .isEqualTo(LeaseGrantResponse.newBuilder().setID(8).build().toByteString());
    }
}
