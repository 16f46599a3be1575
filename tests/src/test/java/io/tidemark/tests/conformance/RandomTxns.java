package io.tidemark.tests.conformance;

import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;

/**
 * Transactions, also nested ones.
 *
 * <p>One shape is left out: a delete of every key from some key on, before a put that keeps the value or the lease of one
 * of them. etcd 3.7.3 lets it pass, finds nothing to keep when it gets there, and ends, at every start again.
 */
final class RandomTxns {
    private static final int DEPTH = 2;

    private final RandomRequests requests;

    RandomTxns(RandomRequests requests) {
        this.requests = requests;
    }

    TxnRequest next() {
        // never both in one transaction, however deep
        boolean openDeletes = requests.one(2);
        return txn(openDeletes, DEPTH);
    }

    private TxnRequest txn(boolean openDeletes, int depth) {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = requests.random.nextInt(3); i > 0; i--) {
            txn.addCompare(compare());
        }
        for (int i = requests.random.nextInt(4); i > 0; i--) {
            txn.addSuccess(operation(openDeletes, depth));
        }
        for (int i = requests.random.nextInt(3); i > 0; i--) {
            txn.addFailure(operation(openDeletes, depth));
        }
        return txn.build();
    }

    private RequestOp operation(boolean openDeletes, int depth) {
        int dice = requests.random.nextInt(100);
        RequestOp.Builder operation = RequestOp.newBuilder();
        if (dice < 45) {
            operation.setRequestPut(requests.put(!openDeletes));
        } else if (dice < 65) {
            operation.setRequestRange(requests.range());
        } else if (dice < 80) {
            operation.setRequestDeleteRange(requests.delete(openDeletes));
        } else if (dice < 99 && depth > 0) {
            operation.setRequestTxn(txn(openDeletes, depth - 1));
        }
        return operation.build();
    }

    private Compare.Builder compare() {
        String key = requests.key();
        CompareResult result = CompareResult.forNumber(requests.random.nextInt(4));
        long number = requests.one(2) ? requests.random.nextInt(4) : requests.revision();
        Compare.Builder compare = switch (requests.random.nextInt(5)) {
            case 0 -> Is.version(key, result, number);
            case 1 -> Is.created(key, result, number);
            case 2 -> Is.modified(key, result, number);
            case 3 -> Is.value(key, result, requests.value());
            default -> Is.lease(key, result, requests.leaseId());
        };
        return requests.one(3) ? compare.setRangeEnd(Ask.bytes(requests.end())) : compare;
    }
}
