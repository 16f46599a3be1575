package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reply;
import io.tidemark.revision.store.Image;
import java.util.Map;
import java.util.function.Function;

/** {@code etcdserverpb.KV}. */
final class KvMethods {
    private final Store store;
    private final Answers answers;
    private final RangeCalls ranges;
    private final MeasuredWrites measured;
    private final OperationCounts operations;

    KvMethods(Store store, Headers headers, Lists lists, RangeCalls ranges, OperationCounts operations) {
        this.store = store;
        this.answers = new Answers(headers);
        this.ranges = ranges;
        this.measured = new MeasuredWrites(store, lists, headers);
        this.operations = operations;
    }

    Map<String, Method> methods() {
        return Map.of(
                "etcdserverpb.KV/Range", this::range,
                "etcdserverpb.KV/RangeStream", this::rangeStream,
                "etcdserverpb.KV/Put", this::put,
                "etcdserverpb.KV/DeleteRange", this::deleteRange,
                "etcdserverpb.KV/Txn", this::txn,
                "etcdserverpb.KV/Compact", this::compact);
    }

    private void range(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        RangeRequest request = RangeRequest.parseFrom(bytes);
        ranges.answer(Requests.command(request), request.getSerializable(), call);
    }

    private void rangeStream(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        RangeRequest request = RangeRequest.parseFrom(bytes);
        ranges.stream(Requests.command(request), request.getSerializable(), call);
    }

    private void put(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        write(bytes, Requests.command(PutRequest.parseFrom(bytes)), call, told -> answers.put((Answer.Written) told));
    }

    private void deleteRange(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        write(
                bytes,
                Requests.command(DeleteRangeRequest.parseFrom(bytes)),
                call,
                told -> answers.deleteRange((Answer.Deleted) told));
    }

    private void txn(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        TxnRequest request = TxnRequest.parseFrom(bytes);
        Command.Txn txn = Requests.command(request);
        if (Requests.isReadOnly(request)) {
            ranges.answer(txn, Requests.isSerializable(request), call);
        } else {
            write(bytes, txn, call, told -> answers.txn((Answer.Done) told));
        }
    }

    private void compact(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        CompactionRequest request = CompactionRequest.parseFrom(bytes);
        Command command = new Command.Compact(request.getRevision());
        Reply reply = new CallReply(call, told -> answers.compaction((Answer.Plain) told));
        store.write(
                command,
                call,
                request.getPhysical() ? new AfterRemoval(call, reply, store.image(), request.getRevision()) : reply);
    }

    private void write(byte[] bytes, Command.Op op, Call call, Function<Answer, MessageLite> message) {
        if (bytes.length > Requests.BYTES_MAX) {
            call.refuse(Refusal.REQUEST_TOO_LARGE);
            return;
        }
        Function<Answer, MessageLite> counted = told -> {
            operations.count(told);
            return message.apply(told);
        };
        if (VersionsRead.isLittle(op)) {
            store.write(op, call, counted);
        } else {
            measured.write(op, call, counted);
        }
    }

    /** Answers when what was compacted is gone from the disk, too. */
    private record AfterRemoval(Call call, Reply reply, Image image, long revision) implements Reply {
        @Override
        @SuppressWarnings("FutureReturnValueIgnored") // both outcomes go to the reply
        public void told(Answer answer) {
            call.served();
            image.removed(revision).whenComplete((done, failure) -> {
                if (failure == null) {
                    reply.told(answer);
                } else {
                    reply.failed(Failure.STOPPED); // the image is closing; the compaction itself holds
                }
            });
        }

        @Override
        public void refused(Refusal refusal) {
            reply.refused(refusal);
        }

        @Override
        public void failed(Failure failure) {
            reply.failed(failure);
        }

        @Override
        public boolean abandoned() {
            return reply.abandoned();
        }
    }
}
