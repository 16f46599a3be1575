package io.tidemark.tests.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import java.util.Random;

/**
 * A request to a store that is known, the same for the same seed and the same that is known. Mostly one of {@link
 * RandomRequests}; at times one at the edges: streams, conditions that say two things, sizes, numbers that are none.
 *
 * <p>Left out, besides what {@link RandomTxns} leaves out: streams that etcd sorts piece by piece, so that keys get lost,
 * and compactions that {@linkplain Known#endsEtcdWhenCompacted end etcd}.
 */
final class LiveRequests {
    private static final EtcdMethod STREAM = EtcdMethod.at("etcdserverpb.KV/RangeStream");
    private static final int LARGE_BYTES = 20_000;
    private static final int OPERATIONS_MOST = 128;

    private final Random random;
    private final RandomRequests requests;
    private final Known known;

    private LiveRequests(long seed, Alphabet alphabet, Known known) {
        this.requests = new RandomRequests(seed, alphabet, known);
        this.random = requests.random;
        this.known = known;
    }

    static Call next(long seed, Alphabet alphabet, Known known) {
        LiveRequests requests = new LiveRequests(seed, alphabet, known);
        Call call = requests.next();
        return call.method().path().endsWith("/Compact") && known.endsEtcdWhenCompacted(compacted(call))
                ? Call.of(requests.requests.put(true).build())
                : call;
    }

    private static long compacted(Call call) {
        return Ask.parsed(CompactionRequest.parser(), call.request().toByteArray())
                .getRevision();
    }

    private Call next() {
        return switch (random.nextInt(100)) {
            case 0, 1, 2, 3, 4, 5 -> Call.to(STREAM, streamed().build());
            case 6 -> Call.of(requests.put(true).setValue(large()).build());
            case 7, 8 -> Call.of(conditional());
            case 9 -> Call.of(crowded());
            case 10 -> Call.of(oddRange().build());
            case 11 -> Call.of(oddLease());
            case 12 ->
                Call.of(known.isRemoved() ? checksum() : requests.put(true).build());
            case 13 -> Call.of(reading());
            default -> Call.of(requests.next());
        };
    }

    private RangeRequest.Builder streamed() {
        RangeRequest.Builder range = requests.range();
        return range.getSortOrder() == RangeRequest.SortOrder.NONE ? range.clearSortTarget() : range;
    }

    private ByteString large() {
        return ByteString.copyFrom(new byte[random.nextInt(LARGE_BYTES)]);
    }

    /** What a condition compares with may be of another kind than what it compares. */
    private TxnRequest conditional() {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        for (int i = random.nextInt(3); i >= 0; i--) {
            Compare.Builder compare = Compare.newBuilder()
                    .setKey(Ask.bytes(requests.key()))
                    .setTargetValue(random.nextInt(6))
                    .setResultValue(random.nextInt(5));
            if (random.nextBoolean()) {
                compare.setRangeEnd(Ask.bytes(requests.end()));
            }
            switch (random.nextInt(6)) {
                case 0 -> compare.setVersion(random.nextInt(5));
                case 1 -> compare.setCreateRevision(requests.revision());
                case 2 -> compare.setModRevision(requests.revision());
                case 3 -> compare.setLease(requests.leaseId());
                case 4 -> compare.setValue(Ask.bytes(requests.value()));
                default -> {} // says nothing
            }
            txn.addCompare(compare);
        }
        return txn.addSuccess(Txn.operation(requests.range()))
                .addFailure(Txn.operation(requests.put(true)))
                .build();
    }

    /** Reads about the newest revision beside what it writes. */
    private TxnRequest reading() {
        return Txn.of(
                        requests.put(false),
                        Ask.everything().setRevision(known.revision() - random.nextInt(2)),
                        requests.delete(false),
                        requests.range().setRevision(known.revision()))
                .build();
    }

    /** About as many operations as are allowed. */
    private TxnRequest crowded() {
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        int operations = OPERATIONS_MOST - 1 + random.nextInt(3);
        int nested = random.nextInt(3);
        for (int i = nested; i < operations; i++) {
            txn.addSuccess(Txn.operation(Ask.range(requests.key()).setRevision(random.nextInt(8) == 0 ? 1 : 0)));
        }
        RequestOp inside = Txn.operation(Txn.of(requests.put(true)).otherwise(requests.range()));
        for (int i = 0; i < nested; i++) {
            txn.addSuccess(inside);
        }
        return txn.build();
    }

    private RangeRequest.Builder oddRange() {
        RangeRequest.Builder range = requests.range();
        return switch (random.nextInt(6)) {
            case 0 -> range.setSortOrderValue(3 + random.nextInt(2));
            case 1 -> range.setSortTargetValue(4 + random.nextInt(3));
            case 2 -> range.setLimit(Long.MAX_VALUE - random.nextInt(2));
            case 3 -> range.setRevision(random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE);
            case 4 -> range.setMinModRevision(-1).setMaxCreateRevision(Long.MAX_VALUE);
            default -> range.setRevision(known.revision() + random.nextInt(3) - 1);
        };
    }

    /** Not at a revision that was compacted: of those etcd remembers some from before. */
    private Message checksum() {
        long revisions = known.revision() - known.compacted();
        boolean asNewest = !known.isCompactedAtZero() && (random.nextBoolean() || revisions == 0);
        return HashKVRequest.newBuilder()
                .setRevision(asNewest ? 0 : known.revision() + 1 - random.nextLong(revisions + 1))
                .build();
    }

    private Message oddLease() {
        long id = requests.leaseId();
        return switch (random.nextInt(6)) {
            case 0 -> Ask.grant(id, 9_000_000_001L).build();
            case 1 -> Ask.compact(known.revision() + random.nextInt(3) - 1).build();
            case 2 -> Ask.compact(random.nextInt(3) - 1).build();
            case 3 -> Ask.revoke(0).build();
            case 4 -> Ask.timeToLive(0).build();
            default -> LeaseKeepAliveRequest.newBuilder().setID(id).build();
        };
    }
}
