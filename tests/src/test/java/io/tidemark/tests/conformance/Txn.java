package io.tidemark.tests.conformance;

import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import java.util.Arrays;
import java.util.List;

/** A transaction in few words: {@code Txn.when(..).then(..).otherwise(..)}; operations are requests or transactions. */
final class Txn {
    private final TxnRequest.Builder request = TxnRequest.newBuilder();

    private Txn() {}

    static Txn when(Compare.Builder... conditions) {
        Txn txn = new Txn();
        Arrays.stream(conditions).forEach(txn.request::addCompare);
        return txn;
    }

    /** Without a condition. */
    static Txn of(Object... operations) {
        return when().then(operations);
    }

    Txn then(Object... operations) {
        request.addAllSuccess(operations(operations));
        return this;
    }

    Txn otherwise(Object... operations) {
        request.addAllFailure(operations(operations));
        return this;
    }

    TxnRequest build() {
        return request.build();
    }

    private static List<RequestOp> operations(Object... operations) {
        return Arrays.stream(operations).map(Txn::operation).toList();
    }

    static RequestOp operation(Object operation) {
        return switch (operation) {
            case Txn txn -> RequestOp.newBuilder().setRequestTxn(txn.build()).build();
            case Message.Builder builder -> operation(builder.build());
            case RangeRequest range ->
                RequestOp.newBuilder().setRequestRange(range).build();
            case PutRequest put -> RequestOp.newBuilder().setRequestPut(put).build();
            case DeleteRangeRequest delete ->
                RequestOp.newBuilder().setRequestDeleteRange(delete).build();
            case RequestOp op -> op;
            default -> throw new IllegalArgumentException("no operation of a transaction: " + operation);
        };
    }
}
