package io.tidemark.revision.transfer;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import io.tidemark.revision.etcd.proto.Compare.CompareTarget;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import java.util.List;

/** All events of one revision, in their order. */
record RecordedRevision(long number, List<RecordedEvent> events) {
    RecordedRevision {
        events = List.copyOf(events);
    }

    /**
     * The transaction that makes this revision, and does nothing to a keyspace in which its versions do not follow.
     *
     * @param when further conditions
     */
    TxnRequest transaction(List<Compare> when) {
        TxnRequest.Builder txn = TxnRequest.newBuilder().addAllCompare(when);
        for (RecordedEvent event : events) {
            ByteString value = event.value();
            if (value == null) {
                txn.addCompare(version(event.key(), CompareResult.GREATER, 0));
                txn.addSuccess(RequestOp.newBuilder()
                        .setRequestDeleteRange(DeleteRangeRequest.newBuilder().setKey(event.key())));
            } else {
                txn.addCompare(version(event.key(), CompareResult.EQUAL, event.version() - 1));
                txn.addSuccess(RequestOp.newBuilder()
                        .setRequestPut(
                                PutRequest.newBuilder().setKey(event.key()).setValue(value)));
            }
        }
        return txn.build();
    }

    static Compare version(ByteString key, CompareResult result, long version) {
        return Compare.newBuilder()
                .setKey(key)
                .setTarget(CompareTarget.VERSION)
                .setResult(result)
                .setVersion(version)
                .build();
    }
}
