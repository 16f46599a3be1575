package io.tidemark.tests.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.etcd.proto.CompactionResponse;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.revision.etcd.proto.ResponseOp;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.machine.Answer.Deleted;
import io.tidemark.revision.machine.Answer.Done;
import io.tidemark.revision.machine.Answer.Ranged;
import io.tidemark.revision.machine.Answer.Written;
import io.tidemark.revision.machine.KeyValue;

/** Answers of the machine as messages of the etcd API. */
final class MachineAnswers {
    private MachineAnswers() {}

    /** The header of an answer that is no part of another one. */
    static ResponseHeader header(long revision) {
        return ResponseHeader.newBuilder()
                .setClusterId(1)
                .setMemberId(1)
                .setRaftTerm(1)
                .setRevision(revision)
                .build();
    }

    private static ResponseHeader inner(long revision) {
        return ResponseHeader.newBuilder().setRevision(revision).build();
    }

    /** Messages with a header that tells the revision and nothing else. */
    static Message.Builder message(io.tidemark.revision.machine.Answer answer) {
        return switch (answer) {
            case Ranged ranged -> range(ranged);
            case Written written -> put(written);
            case Deleted deleted -> delete(deleted);
            case Done done -> txn(done).setHeader(inner(done.revision()));
            case io.tidemark.revision.machine.Answer.Plain plain ->
                CompactionResponse.newBuilder().setHeader(inner(plain.revision()));
            case io.tidemark.revision.machine.Answer.Granted granted ->
                throw new IllegalArgumentException("a lease is no part of a transaction: " + granted);
        };
    }

    static RangeResponse.Builder range(Ranged ranged) {
        RangeResponse.Builder message = RangeResponse.newBuilder()
                .setHeader(inner(ranged.revision()))
                .setMore(ranged.more())
                .setCount(ranged.count());
        ranged.kvs().forEach(kv -> message.addKvs(keyValue(kv)));
        return message;
    }

    static PutResponse.Builder put(Written written) {
        PutResponse.Builder message = PutResponse.newBuilder().setHeader(inner(written.revision()));
        KeyValue previous = written.previous();
        return previous == null ? message : message.setPrevKv(keyValue(previous));
    }

    static DeleteRangeResponse.Builder delete(Deleted deleted) {
        DeleteRangeResponse.Builder message = DeleteRangeResponse.newBuilder()
                .setHeader(inner(deleted.revision()))
                .setDeleted(deleted.count());
        deleted.previous().forEach(kv -> message.addPrevKvs(keyValue(kv)));
        return message;
    }

    /** Without its own header; that of a nested one is there and empty. */
    static TxnResponse.Builder txn(Done done) {
        TxnResponse.Builder message = TxnResponse.newBuilder().setSucceeded(done.succeeded());
        for (io.tidemark.revision.machine.Answer answer : done.answers()) {
            message.addResponses(op(answer));
        }
        return message;
    }

    private static ResponseOp op(io.tidemark.revision.machine.Answer answer) {
        ResponseOp.Builder op = ResponseOp.newBuilder();
        switch (answer) {
            case Ranged ranged -> op.setResponseRange(range(ranged));
            case Written written -> op.setResponsePut(put(written));
            case Deleted deleted -> op.setResponseDeleteRange(delete(deleted));
            case Done done -> op.setResponseTxn(txn(done).setHeader(ResponseHeader.getDefaultInstance()));
            default -> throw new IllegalArgumentException("no part of a transaction: " + answer);
        }
        return op.build();
    }

    private static io.tidemark.revision.etcd.proto.KeyValue keyValue(KeyValue kv) {
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
