package io.tidemark.tests.bench.store;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;

/** Reads in the shapes that kube-apiserver's storage sends; all of them linearizable. */
final class Reads {
    /** No object begins with it. */
    private static final ByteString ABSENT = ByteString.copyFromUtf8("compact_rev_key_absent");

    private Reads() {}

    /** One object that is there. */
    static Workload gets(Objects objects) {
        long[] moment = {0};
        return slot -> {
            int number = (int) (moment[0]++ * 31 % objects.created());
            RangeRequest get =
                    RangeRequest.newBuilder().setKey(objects.key(number)).build();
            return new KvStep(
                    "Range",
                    get,
                    true,
                    (answer, bytes) -> expect(1, RangeResponse.parseFrom(answer).getKvsCount()));
        };
    }

    /** A key that is never there: how the newest revision is asked for. */
    static Workload newestRevision() {
        RangeRequest get = RangeRequest.newBuilder().setKey(ABSENT).build();
        return slot -> new KvStep(
                "Range",
                get,
                true,
                (answer, bytes) -> expect(0, RangeResponse.parseFrom(answer).getKvsCount()));
    }

    static Workload counts(Objects objects) {
        RangeRequest count = whole(objects).setCountOnly(true).build();
        return slot -> new KvStep(
                "Range",
                count,
                true,
                (answer, bytes) -> expect(
                        objects.created(), RangeResponse.parseFrom(answer).getCount()));
    }

    /** All objects in one answer. */
    static Workload lists(Objects objects) {
        return slot -> new KvStep("Range", whole(objects).build(), false, (answer, bytes) -> enough(objects, bytes));
    }

    /** All objects in one stream. */
    static Workload streams(Objects objects) {
        return slot ->
                new KvStep("RangeStream", whole(objects).build(), false, (answer, bytes) -> enough(objects, bytes));
    }

    /** Pages, each one call, at the revision of the first one; after the last one from the beginning again. */
    static Workload pages(Objects objects, int size, int slots) {
        ByteString[] from = new ByteString[slots];
        long[] revision = new long[slots];
        return slot -> {
            boolean first = from[slot] == null;
            RangeRequest.Builder page = whole(objects).setLimit(size);
            if (!first) {
                page.setKey(from[slot]).setRevision(revision[slot]);
            }
            return new KvStep("Range", page.build(), true, (answer, bytes) -> {
                RangeResponse told = RangeResponse.parseFrom(answer);
                if (first) {
                    revision[slot] = told.getHeader().getRevision();
                }
                from[slot] = told.getMore()
                        ? told.getKvs(told.getKvsCount() - 1).getKey().concat(ByteString.copyFrom(new byte[1]))
                        : null;
            });
        };
    }

    private static RangeRequest.Builder whole(Objects objects) {
        return RangeRequest.newBuilder().setKey(objects.first()).setRangeEnd(objects.end());
    }

    /** What is only counted must have at least the bytes of its values. */
    private static void enough(Objects objects, long bytes) {
        if (bytes < objects.created() * (long) objects.valueBytes()) {
            throw new IllegalStateException("a list of " + bytes + " bytes is too short");
        }
    }

    private static void expect(long expected, long found) {
        if (expected != found) {
            throw new IllegalStateException("expected " + expected + " keys, found " + found);
        }
    }
}
