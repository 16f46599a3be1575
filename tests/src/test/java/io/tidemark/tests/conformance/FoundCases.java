package io.tidemark.tests.conformance;

import java.util.List;

/** The least programs of differences that random requests found, side by side with a live etcd. */
final class FoundCases {
    private FoundCases() {}

    static List<Program> all() {
        return List.of(streamOfTheFuture(), checksumOfWhatIsMadeAnew());
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

    static Program checksumOfWhatIsMadeAnew() {
        return new Script(
                        "found/checksumOfWhatIsMadeAnew",
                        "of a revision that deleted all keys and put some anew, all that was left counts")
                .askAll("""
                        etcdserverpb.KV/Put {key: "a" value: "1"}
                        etcdserverpb.KV/Put {key: "a" value: "2"}
                        etcdserverpb.KV/Put {key: "b"}
                        etcdserverpb.KV/Put {key: "b" value: "2"}
                        etcdserverpb.KV/Compact {revision: 4 physical: true}
                        etcdserverpb.KV/Txn {success { request_delete_range { key: "\\000" range_end: "\\000" } } success { request_put { key: "a" value: "3" } }}
                        etcdserverpb.Maintenance/HashKV {revision: 6}
                        etcdserverpb.KV/Put {key: "c"}
                        etcdserverpb.Maintenance/HashKV {revision: 6}
                        etcdserverpb.Maintenance/HashKV {revision: 7}
                        etcdserverpb.KV/Txn {success { request_delete_range { key: "b" range_end: "\\000" } } success { request_put { key: "c" } }}
                        etcdserverpb.Maintenance/HashKV {revision: 8}
                        """)
                .end();
    }
}
