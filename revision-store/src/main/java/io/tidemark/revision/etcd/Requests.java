package io.tidemark.revision.etcd;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.machine.Command.Bounds;
import io.tidemark.revision.machine.Command.Delete;
import io.tidemark.revision.machine.Command.Nothing;
import io.tidemark.revision.machine.Command.Op;
import io.tidemark.revision.machine.Command.Put;
import io.tidemark.revision.machine.Command.Range;
import io.tidemark.revision.machine.Command.Txn;
import io.tidemark.revision.machine.Condition;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Sort;
import java.util.stream.Stream;

/** Requests of the etcd API as commands. */
public final class Requests {
    /**
     * etcd's {@code --max-request-bytes} holds for the request in the envelope of its own log, a header with an id and a
     * tag with a length: 18 bytes around a request of this size.
     */
    public static final int BYTES_MAX = 1536 * 1024 - 18;

    private Requests() {}

    public static Range command(RangeRequest request) {
        return new Range(
                range(request.getKey(), request.getRangeEnd()),
                request.getRevision(),
                request.getLimit(),
                new Sort(order(request), target(request)),
                new Bounds(
                        request.getMinModRevision(),
                        request.getMaxModRevision(),
                        request.getMinCreateRevision(),
                        request.getMaxCreateRevision()),
                request.getKeysOnly(),
                request.getCountOnly());
    }

    private static Sort.Order order(RangeRequest request) {
        return switch (request.getSortOrder()) {
            case NONE -> Sort.Order.NONE;
            case ASCEND -> Sort.Order.ASCEND;
            case DESCEND -> Sort.Order.DESCEND;
            case UNRECOGNIZED -> Sort.Order.UNKNOWN;
        };
    }

    private static Sort.Target target(RangeRequest request) {
        return switch (request.getSortTarget()) {
            case KEY -> Sort.Target.KEY;
            case VERSION -> Sort.Target.VERSION;
            case CREATE -> Sort.Target.CREATE;
            case MOD -> Sort.Target.MOD;
            case VALUE -> Sort.Target.VALUE;
            case UNRECOGNIZED -> Sort.Target.UNKNOWN;
        };
    }

    public static Put command(PutRequest request) {
        return new Put(
                key(request.getKey()),
                request.getValue().toByteArray(),
                request.getLease(),
                request.getPrevKv(),
                request.getIgnoreValue(),
                request.getIgnoreLease());
    }

    public static Delete command(DeleteRangeRequest request) {
        return new Delete(range(request.getKey(), request.getRangeEnd()), request.getPrevKv());
    }

    public static Txn command(TxnRequest request) {
        return new Txn(
                request.getCompareList().stream().map(Requests::condition).toList(),
                request.getSuccessList().stream().map(Requests::op).toList(),
                request.getFailureList().stream().map(Requests::op).toList());
    }

    /** Whether it can be answered like a Range, whichever branch it takes; etcd does not look into nested ones either. */
    static boolean isReadOnly(TxnRequest request) {
        return operations(request).allMatch(RequestOp::hasRequestRange);
    }

    /** Whether what is applied here will do for all that it reads. Conditions alone are decided on the newest state. */
    static boolean isSerializable(TxnRequest request) {
        boolean reads = request.getSuccessCount() + request.getFailureCount() > 0;
        return reads && operations(request).allMatch(op -> op.getRequestRange().getSerializable());
    }

    private static Stream<RequestOp> operations(TxnRequest request) {
        return Stream.concat(request.getSuccessList().stream(), request.getFailureList().stream());
    }

    private static Op op(RequestOp op) {
        return switch (op.getRequestCase()) {
            case REQUEST_RANGE -> command(op.getRequestRange());
            case REQUEST_PUT -> command(op.getRequestPut());
            case REQUEST_DELETE_RANGE -> command(op.getRequestDeleteRange());
            case REQUEST_TXN -> command(op.getRequestTxn());
            case REQUEST_NOT_SET -> new Nothing();
        };
    }

    private static Condition condition(Compare compare) {
        return new Condition(
                range(compare.getKey(), compare.getRangeEnd()),
                switch (compare.getTarget()) {
                    case VERSION -> Condition.Target.VERSION;
                    case CREATE -> Condition.Target.CREATE;
                    case MOD -> Condition.Target.MOD;
                    case VALUE -> Condition.Target.VALUE;
                    case LEASE -> Condition.Target.LEASE;
                    case UNRECOGNIZED -> Condition.Target.UNKNOWN;
                },
                switch (compare.getResult()) {
                    case EQUAL -> Condition.Relation.EQUAL;
                    case GREATER -> Condition.Relation.GREATER;
                    case LESS -> Condition.Relation.LESS;
                    case NOT_EQUAL -> Condition.Relation.NOT_EQUAL;
                    case UNRECOGNIZED -> Condition.Relation.UNKNOWN;
                },
                number(compare),
                compare.getValue().toByteArray());
    }

    /** What is not of the target's kind is not there. */
    private static long number(Compare compare) {
        return switch (compare.getTarget()) {
            case VERSION -> compare.getVersion();
            case CREATE -> compare.getCreateRevision();
            case MOD -> compare.getModRevision();
            case LEASE -> compare.getLease();
            case VALUE, UNRECOGNIZED -> 0;
        };
    }

    private static KeyRange range(ByteString key, ByteString end) {
        return new KeyRange(key(key), key(end));
    }

    private static Key key(ByteString bytes) {
        return Key.of(bytes.toByteArray());
    }
}
