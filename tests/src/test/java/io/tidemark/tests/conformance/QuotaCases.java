package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;
import static io.tidemark.tests.conformance.Ask.revoke;

import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AlarmRequest.AlarmAction;
import io.tidemark.revision.etcd.proto.AlarmType;
import io.tidemark.revision.etcd.proto.DefragmentRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.StatusRequest;
import java.util.List;
import java.util.Random;

/**
 * A store that may take 256 KiB, and values of 64 KiB that cannot be compressed. After each of them a defragmentation: etcd
 * learns its size from time to time, and then for sure. Sizes themselves differ, so nothing hangs on less than 30 KiB.
 */
final class QuotaCases {
    private static final int LARGE_BYTES = 64 * 1024;
    private static final String LARGE = new Random(1)
            .ints(LARGE_BYTES, 0, 256)
            .collect(StringBuilder::new, (text, b) -> text.append((char) b), StringBuilder::append)
            .toString();

    private QuotaCases() {}

    static List<Program> all() {
        return List.of(usedUp(), largeTxn());
    }

    private static DefragmentRequest.Builder defragment() {
        return DefragmentRequest.newBuilder();
    }

    private static AlarmRequest.Builder alarm(AlarmAction action, AlarmType type) {
        return AlarmRequest.newBuilder().setAction(action).setAlarm(type);
    }

    private static PutRequest.Builder large(String key) {
        return put(key, LARGE);
    }

    private static Program usedUp() {
        return new Script(
                        "quota/usedUp",
                        "the write for which there is no room raises NOSPACE; what is small is refused too")
                .ask(
                        StatusRequest.newBuilder(),
                        grant(7, 10_000),
                        put("leased", "x").setLease(7))
                .ask(large("a"), defragment(), large("b"), defragment(), large("c"), defragment())
                .ask(alarm(AlarmAction.GET, AlarmType.NONE), large("d"), alarm(AlarmAction.GET, AlarmType.NONE))
                .ask(StatusRequest.newBuilder(), range("d"), range("leased"))
                .ask(put("e", "x"), grant(8, 10_000), put("", ""), Txn.of(put("", "")))
                .ask(
                        Txn.of(range("leased")),
                        Txn.of(put("e", "x")),
                        Txn.when(Is.absent("e")).otherwise(put("e", "x")),
                        Txn.of(delete("e")))
                .ask(delete("a", "c"), revoke(7), compact(7).setPhysical(true), defragment())
                .ask(put("e", "x"), alarm(AlarmAction.DEACTIVATE, AlarmType.NOSPACE), put("e", "x"))
                .ask(alarm(AlarmAction.GET, AlarmType.NOSPACE), alarm(AlarmAction.GET, AlarmType.CORRUPT))
                .end();
    }

    private static Program largeTxn() {
        return new Script("quota/largeTxn", "of a transaction's branches the larger one counts, whichever is taken")
                .ask(large("a"), defragment(), large("b"), defragment(), large("c"), defragment())
                .ask(Txn.when(Is.absent("d")).then(put("d", "x")).otherwise(large("e")))
                .ask(alarm(AlarmAction.GET, AlarmType.NONE), range("d"), Txn.of(delete("a"), delete("b")))
                .end();
    }
}
