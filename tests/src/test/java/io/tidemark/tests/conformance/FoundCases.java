package io.tidemark.tests.conformance;

import java.util.List;

/** The least programs of differences that random requests found, side by side with a live etcd. */
final class FoundCases {
    private FoundCases() {}

    static List<Program> all() {
        return List.of(streamOfTheFuture());
    }

    private static Program streamOfTheFuture() {
        return new Script("found/streamOfTheFuture", "what streams do not have is refused before a revision to come is")
                .askAll("""
                        etcdserverpb.KV/RangeStream {key: "a" revision: 3 sort_order: ASCEND sort_target: CREATE}
                        etcdserverpb.KV/RangeStream {key: "a" revision: 3 min_mod_revision: 1}
                        etcdserverpb.KV/RangeStream {key: "a" revision: 3 sort_order: ASCEND sort_target: 5}
                        etcdserverpb.KV/RangeStream {revision: 3 sort_order: ASCEND sort_target: CREATE}
                        """)
                .end();
    }
}
