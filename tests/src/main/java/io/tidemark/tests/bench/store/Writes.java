package io.tidemark.tests.bench.store;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.etcd.proto.TxnResponse;

/**
 * Writes in the shapes that kube-apiserver's storage sends: create when absent, update and delete when unchanged, and what
 * is there when it changed.
 */
final class Writes {
    private static final int CONFLICT_EVERY = 20;

    private Writes() {}

    /** Plain puts to some keys, over and over. */
    static Workload puts(Objects objects, int keys) {
        long[] moment = {0};
        return slot -> {
            long now = moment[0]++;
            PutRequest put = PutRequest.newBuilder()
                    .setKey(objects.key((int) (now * 31 % keys)))
                    .setValue(objects.value(now))
                    .build();
            return new KvStep("Put", put, true, (answer, bytes) -> {
                require(PutResponse.parseFrom(answer).getHeader().getRevision() > 0, "a put without a revision");
            });
        };
    }

    /** @param most how many there are at the end */
    static Workload creates(Objects objects, int most) {
        return slot -> {
            if (objects.created() >= most) {
                return null;
            }
            int number = objects.create();
            TxnRequest create = unchanged(objects.key(number), 0)
                    .addSuccess(put(objects.key(number), objects.value(number)))
                    .build();
            return new KvStep("Txn", create, true, (answer, bytes) -> {
                TxnResponse told = TxnResponse.parseFrom(answer);
                require(told.getSucceeded(), "a create found its key there");
                objects.written(number, told.getHeader().getRevision());
            });
        };
    }

    /** Every object again and again, each slot those that are its own; one in 20 tries with a revision that is over. */
    static Workload updates(Objects objects, int slots) {
        int[] turn = new int[slots];
        return slot -> {
            int moment = turn[slot]++;
            int number = slot + moment % (objects.created() / slots) * slots;
            boolean conflict = moment % CONFLICT_EVERY == CONFLICT_EVERY - 1;
            long expected = objects.revision(number);
            ByteString key = objects.key(number);
            TxnRequest update = unchanged(key, conflict ? expected - 1 : expected)
                    .addSuccess(put(key, objects.value(number + (long) moment)))
                    .addFailure(get(key))
                    .build();
            return new KvStep("Txn", update, true, (answer, bytes) -> {
                TxnResponse told = TxnResponse.parseFrom(answer);
                require(told.getSucceeded() != conflict, "an update succeeded against the rule, or did not");
                if (conflict) {
                    long there =
                            told.getResponses(0).getResponseRange().getKvs(0).getModRevision();
                    require(there == expected, "a conflict shows another revision than the last one");
                } else {
                    objects.written(number, told.getHeader().getRevision());
                }
            });
        };
    }

    /** Each object once. */
    static Workload deletes(Objects objects) {
        int[] gone = {0};
        return slot -> {
            if (gone[0] >= objects.created()) {
                return null;
            }
            int number = gone[0]++;
            ByteString key = objects.key(number);
            TxnRequest delete = unchanged(key, objects.revision(number))
                    .addSuccess(RequestOp.newBuilder()
                            .setRequestDeleteRange(
                                    DeleteRangeRequest.newBuilder().setKey(key)))
                    .addFailure(get(key))
                    .build();
            return new KvStep("Txn", delete, true, (answer, bytes) -> {
                TxnResponse told = TxnResponse.parseFrom(answer);
                require(told.getSucceeded(), "a delete found its key changed");
            });
        };
    }

    private static TxnRequest.Builder unchanged(ByteString key, long revision) {
        return TxnRequest.newBuilder()
                .addCompare(Compare.newBuilder()
                        .setKey(key)
                        .setResult(Compare.CompareResult.EQUAL)
                        .setTarget(Compare.CompareTarget.MOD)
                        .setModRevision(revision));
    }

    private static RequestOp put(ByteString key, ByteString value) {
        return RequestOp.newBuilder()
                .setRequestPut(PutRequest.newBuilder().setKey(key).setValue(value))
                .build();
    }

    private static RequestOp get(ByteString key) {
        return RequestOp.newBuilder()
                .setRequestRange(RangeRequest.newBuilder().setKey(key))
                .build();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
