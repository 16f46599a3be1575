package io.tidemark.revision.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.etcd.proto.AlarmMember;
import io.tidemark.revision.etcd.proto.AlarmResponse;
import io.tidemark.revision.etcd.proto.AlarmType;
import io.tidemark.revision.etcd.proto.CompactionResponse;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RangeStreamResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.revision.etcd.proto.ResponseOp;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Answer.Alarmed;
import io.tidemark.revision.machine.Answer.Deleted;
import io.tidemark.revision.machine.Answer.Done;
import io.tidemark.revision.machine.Answer.Granted;
import io.tidemark.revision.machine.Answer.Plain;
import io.tidemark.revision.machine.Answer.Ranged;
import io.tidemark.revision.machine.Answer.Written;
import io.tidemark.revision.machine.KeyValue;

/**
 * Answers of the machine as messages of the etcd API. Parts of a transaction have headers too: of a put, delete or range
 * with the revision alone, of a nested transaction an empty one.
 */
public final class Answers {
    private final Headers headers;

    public Answers(Headers headers) {
        this.headers = headers;
    }

    public RangeResponse range(Ranged ranged) {
        return part(ranged).setHeader(headers.at(ranged.revision())).build();
    }

    /** As the only message of a stream. */
    RangeStreamResponse rangeStream(Ranged ranged) {
        return RangeStreamResponse.newBuilder().setRangeResponse(range(ranged)).build();
    }

    public PutResponse put(Written written) {
        return part(written).setHeader(headers.at(written.revision())).build();
    }

    public DeleteRangeResponse deleteRange(Deleted deleted) {
        return part(deleted).setHeader(headers.at(deleted.revision())).build();
    }

    public TxnResponse txn(Done done) {
        return part(done).setHeader(headers.at(done.revision())).build();
    }

    public CompactionResponse compaction(Plain plain) {
        return CompactionResponse.newBuilder()
                .setHeader(headers.at(plain.revision()))
                .build();
    }

    public LeaseGrantResponse leaseGrant(Granted granted) {
        return LeaseGrantResponse.newBuilder()
                .setHeader(headers.at(granted.revision()))
                .setID(granted.lease().id())
                .setTTL(granted.lease().ttlSeconds())
                .build();
    }

    public LeaseRevokeResponse leaseRevoke(Plain plain) {
        return LeaseRevokeResponse.newBuilder()
                .setHeader(headers.at(plain.revision()))
                .build();
    }

    AlarmResponse alarm(Alarmed alarmed) {
        AlarmResponse.Builder message = AlarmResponse.newBuilder().setHeader(headers.at(alarmed.revision()));
        alarmed.alarms().forEach(alarm -> message.addAlarms(member(alarm)));
        return message.build();
    }

    private static AlarmMember member(Alarm alarm) {
        return AlarmMember.newBuilder()
                .setMemberID(alarm.member())
                .setAlarmValue(alarm.kind())
                .build();
    }

    /** Its name; of a kind that etcd has none for, its number. */
    static String kind(Alarm alarm) {
        AlarmType type = AlarmType.forNumber(alarm.kind());
        return type == null ? String.valueOf(alarm.kind()) : type.name();
    }

    private static RangeResponse.Builder part(Ranged ranged) {
        RangeResponse.Builder message = RangeResponse.newBuilder()
                .setHeader(revisionOnly(ranged.revision()))
                .setMore(ranged.more())
                .setCount(ranged.count());
        ranged.kvs().forEach(kv -> message.addKvs(keyValue(kv)));
        return message;
    }

    private static PutResponse.Builder part(Written written) {
        PutResponse.Builder message = PutResponse.newBuilder().setHeader(revisionOnly(written.revision()));
        KeyValue previous = written.previous();
        return previous == null ? message : message.setPrevKv(keyValue(previous));
    }

    private static DeleteRangeResponse.Builder part(Deleted deleted) {
        DeleteRangeResponse.Builder message = DeleteRangeResponse.newBuilder()
                .setHeader(revisionOnly(deleted.revision()))
                .setDeleted(deleted.count());
        deleted.previous().forEach(kv -> message.addPrevKvs(keyValue(kv)));
        return message;
    }

    private static TxnResponse.Builder part(Done done) {
        TxnResponse.Builder message = TxnResponse.newBuilder()
                .setHeader(ResponseHeader.getDefaultInstance())
                .setSucceeded(done.succeeded());
        for (Answer answer : done.answers()) {
            message.addResponses(op(answer));
        }
        return message;
    }

    private static ResponseOp op(Answer answer) {
        ResponseOp.Builder op = ResponseOp.newBuilder();
        switch (answer) {
            case Ranged ranged -> op.setResponseRange(part(ranged));
            case Written written -> op.setResponsePut(part(written));
            case Deleted deleted -> op.setResponseDeleteRange(part(deleted));
            case Done done -> op.setResponseTxn(part(done));
            case Plain plain -> throw new IllegalArgumentException("no part of a transaction: " + plain);
            case Granted granted -> throw new IllegalArgumentException("no part of a transaction: " + granted);
            case Alarmed alarmed -> throw new IllegalArgumentException("no part of a transaction: " + alarmed);
        }
        return op.build();
    }

    private static ResponseHeader revisionOnly(long revision) {
        return ResponseHeader.newBuilder().setRevision(revision).build();
    }

    /** A version as the API tells it. */
    public static io.tidemark.revision.etcd.proto.KeyValue keyValue(KeyValue kv) {
        return io.tidemark.revision.etcd.proto.KeyValue.newBuilder()
                .setKey(bytes(kv.key().bytes()))
                .setCreateRevision(kv.createRevision())
                .setModRevision(kv.modRevision())
                .setVersion(kv.version())
                .setValue(bytes(kv.value()))
                .setLease(kv.lease())
                .build();
    }

    private static ByteString bytes(byte[] bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes);
    }
}
