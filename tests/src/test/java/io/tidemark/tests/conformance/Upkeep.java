package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.tidemark.revision.etcd.proto.DefragmentRequest;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;

/**
 * What a keyspace's upkeep does to it, again and again: overwrites a key, compacts all that was written before, defragments.
 * Crashes in the middle of either have cost etcd revisions (etcd-io/etcd#14685, etcd-io/etcd#17780).
 */
final class Upkeep {
    private static final String KEY = "overwritten";
    private static final int OVERWRITES = 20;

    private volatile long overwrites;
    private volatile long compacted;
    private volatile int defragmentations;

    /** Until there is no answer. */
    void runOn(GrpcEndpoint client) {
        while (true) {
            long revision = 0;
            for (int i = 0; i < OVERWRITES; i++) {
                if (!(Ask.answer(client, Ask.put(KEY, "x")) instanceof Answer.Bytes bytes)) {
                    return;
                }
                overwrites++;
                revision = Ask.parsed(PutResponse.parser(), bytes.message())
                        .getHeader()
                        .getRevision();
            }
            if (!(Ask.answer(client, Ask.compact(revision).setPhysical(true)) instanceof Answer.Bytes)) {
                return;
            }
            compacted = revision;
            if (!(Ask.answer(client, DefragmentRequest.newBuilder()) instanceof Answer.Bytes)) {
                return;
            }
            defragmentations++;
        }
    }

    /** What was compacted is, and every overwrite that was answered is there. @return how many revisions it took */
    long check(GrpcEndpoint client) {
        RangeResponse found = Ask.done(client, Ask.range(KEY), RangeResponse.parser());
        if (overwrites == 0 && found.getCount() == 0) {
            return 0; // killed before it began
        }
        KeyValue kv = found.getKvs(0);
        assertThat(kv.getVersion()).isGreaterThanOrEqualTo(overwrites);
        overwrites = kv.getVersion();
        if (compacted > 0) {
            assertThat(Ask.answer(client, Ask.range(KEY).setRevision(compacted - 1)))
                    .isEqualTo(new Answer.Refusal(
                            Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted"));
            assertThat(Ask.done(client, Ask.range(KEY).setRevision(kv.getModRevision()), RangeResponse.parser())
                            .getKvs(0))
                    .isEqualTo(kv);
        }
        return kv.getVersion();
    }

    int defragmentations() {
        return defragmentations;
    }
}
