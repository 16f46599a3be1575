package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.revoke;

import io.tidemark.revision.etcd.proto.AlarmRequest;
import io.tidemark.revision.etcd.proto.AlarmRequest.AlarmAction;
import io.tidemark.revision.etcd.proto.AlarmType;
import io.tidemark.revision.etcd.proto.Permission;
import java.util.List;

/** What is written before a snapshot is taken. */
final class SnapshotCases {
    private SnapshotCases() {}

    static List<Program> all() {
        return List.of(alarmed(), nothing(), history(), compacted(), emptied(), users());
    }

    private static Program nothing() {
        return new Script("snapshot/nothing", "nothing was written")
                .ask(Ask.everything())
                .end();
    }

    private static Script written(String name, String shows) {
        Script script = new Script(name, shows)
                .ask(grant(7, 10_000), grant(9, 20_000), grant(11, 20_000))
                .ask(put("a", "1"), put("b", "1").setLease(7), put("a", "2"), put("c", ""))
                .ask(Txn.of(put("a", "3"), put("d", "1").setLease(9), delete("c"), put("e", "x".repeat(9_000))))
                .ask(delete("b"), put("b", "again"), put("f", "1").setLease(9), revoke(11));
        for (int i = 0; i < 200; i++) {
            script.ask(put("many/" + i % 70, "value " + i));
        }
        return script.ask(delete("many/3", "many/4"), put("\0\u00ff", "\u00ff\0"));
    }

    private static Program history() {
        return written("snapshot/history", "every version, deletions and leases")
                .end();
    }

    private static Program compacted() {
        return written("snapshot/compacted", "a compaction leaves what is newest, and the deletion at its revision")
                .ask(delete("d"), compact(212), put("a", "4"), delete("f"))
                .end();
    }

    /** An etcd that is restored of it has the alarm, and says that it is not well. */
    private static Program alarmed() {
        return new Script("snapshot/alarmed", "an alarm is raised")
                .ask(put("a", "1"))
                .ask(AlarmRequest.newBuilder().setAction(AlarmAction.ACTIVATE).setAlarm(AlarmType.NOSPACE))
                .end();
    }

    private static Program emptied() {
        return new Script("snapshot/emptied", "all is deleted and compacted")
                .ask(put("a", "1"), put("b", "1"), delete("a", "c"), compact(4))
                .end();
    }

    private static Program users() {
        return new Script("snapshot/users", "users, roles and what they may do")
                .ask(AuthOnCases.role("root"), AuthOnCases.role("reader"), AuthOnCases.user("root"))
                .ask(AuthOnCases.user("alice"), AuthOnCases.has("root", "root"), AuthOnCases.has("alice", "reader"))
                .ask(
                        AuthOnCases.permit("reader", "b", "d", Permission.Type.READ),
                        AuthOnCases.permit("reader", "a", "", Permission.Type.READWRITE))
                .end();
    }
}
