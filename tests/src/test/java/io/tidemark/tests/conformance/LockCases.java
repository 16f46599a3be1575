package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.OPEN;
import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.revoke;
import static io.tidemark.tests.conformance.Ask.timeToLive;

import io.tidemark.revision.etcd.proto.LockRequest;
import io.tidemark.revision.etcd.proto.Permission;
import io.tidemark.revision.etcd.proto.UnlockRequest;
import java.util.List;

/** Locks, alone and with several sessions that want the same. */
final class LockCases {
    private LockCases() {}

    static List<Program> all() {
        return List.of(alone(), names(), leases(), contended(), queue(), left(), lost(), touched(), users());
    }

    static LockRequest.Builder lock(String name, long lease) {
        return LockRequest.newBuilder().setName(bytes(name)).setLease(lease);
    }

    static UnlockRequest.Builder unlock(String key) {
        return UnlockRequest.newBuilder().setKey(bytes(key));
    }

    private static Program alone() {
        return new Script(
                        "lock/alone",
                        "locks that nobody else wants: again with the same lease, given up, given up again")
                .ask(grant(7, 10_000), lock("a", 7), everything(), lock("a", 7), put("b", "1"), lock("a", 7))
                .ask(timeToLive(7), unlock("a/7"), everything(), unlock("a/7"), lock("a", 7), everything())
                .ask(unlock("b"), unlock("nothing"), unlock(""), everything(), revoke(7), everything())
                .end();
    }

    private static Program names() {
        return new Script("lock/names", "no name, names in names, bytes, and keys that are there already")
                .ask(grant(7, 10_000), grant(0x1f, 10_000), put("there/x", "1"), put("a", "1"), put("a0", "1"))
                .ask(lock("", 7), lock("a", 7), lock("a/b", 7), lock("a/7", 0x1f), lock("\u00ff\0", 7))
                .ask(everything(), unlock("/7"), unlock("a/7"), everything())
                .end();
    }

    private static Program leases() {
        return new Script("lock/leases", "leases that there are not, that the server grants, of any number")
                .ask(lock("a", 9), lock("a", -1), everything())
                .ask(lock("a", 0), lock("b", 0), delete("a", "c"))
                .ask(grant(-5, 10_000), lock("a", -5), lock("b", -5))
                .ask(grant(Long.MIN_VALUE, 10_000), lock("c", Long.MIN_VALUE))
                .ask(grant(Long.MAX_VALUE, 10_000), lock("d", Long.MAX_VALUE))
                .ask(grant(0xabcdef, 10_000), lock("e", 0xabcdef), everything())
                .end();
    }

    private static Script two(String name, String shows) {
        return new Script(name, shows).ask(grant(1, 10_000), grant(2, 10_000), lock("a", 1));
    }

    private static Program contended() {
        return two("lock/contended", "the second waits until the first gives up, goes, or is put away by others")
                .ask(Later.answered(1), lock("a", 2))
                .ask(unlock("a/1"), everything(), lock("b", 1))
                .ask(Later.answered(2), lock("b", 2))
                .ask(put("x", "1"), delete("b/1"), everything(), lock("c", 1))
                .ask(Later.answered(1), lock("c", 2))
                .ask(delete("c", OPEN), everything(), grant(3, 10_000), lock("d", 3))
                .ask(Later.answered(1), lock("d", 2))
                .ask(revoke(3), everything())
                .end();
    }

    private static Program queue() {
        return two(
                        "lock/queue",
                        "three wait in the order in which they came; one of them goes, and nobody else is held up")
                .ask(grant(3, 10_000), grant(4, 10_000))
                .ask(Later.answered(5), lock("a", 3))
                .ask(Later.answered(5), lock("a", 2))
                .ask(Later.answered(5), lock("a", 4))
                .ask(everything(), lock("b", 3), unlock("a/1"), unlock("a/3"), unlock("a/2"), unlock("a/4"))
                .ask(everything())
                .end();
    }

    private static Program left() {
        return two("lock/left", "who leaves while it waits leaves nothing behind")
                .ask(Later.given(1), lock("a", 2))
                .ask(put("x", "1"), everything(), unlock("a/1"), lock("a", 2), everything())
                .end();
    }

    private static Program lost() {
        return two("lock/lost", "who waits loses its lease, or its key: it hears of that when its turn comes")
                .ask(Later.answered(2), lock("a", 2))
                .ask(revoke(2), unlock("a/1"), everything())
                .ask(grant(2, 10_000), lock("a", 1))
                .ask(Later.answered(2), lock("a", 2))
                .ask(delete("a/2"), unlock("a/1"), everything())
                .end();
    }

    private static Program touched() {
        return two(
                        "lock/touched",
                        "writing the holder's key gives nothing up, making it anew does; compaction ends no waiting")
                .ask(Later.answered(4), lock("a", 2))
                .ask(put("a/1", "x"), put("y", "1"), compact(3), delete("a/1"), lock("b", 2))
                .ask(unlock("a/2"), lock("a", 1))
                .ask(Later.answered(2), lock("a", 2))
                .ask(put("a/0", "behind both"), unlock("a/1"), everything())
                .end();
    }

    private static Program users() {
        return AuthOnCases.enabled(
                        "lock/users", "what a lock takes of users: to write its key and to read all of its queue")
                .as("root")
                .ask(AuthOnCases.role("locks"), AuthOnCases.permit("locks", "l/", "l0", Permission.Type.READWRITE))
                .ask(AuthOnCases.permit("locks", "w/", "w0", Permission.Type.WRITE))
                .ask(AuthOnCases.permit("locks", "k/7", "", Permission.Type.READWRITE))
                .ask(AuthOnCases.has("ann", "locks"), grant(7, 10_000), grant(8, 10_000))
                .as("")
                .ask(lock("l", 7), lock("l", 0), unlock("l/7"))
                .as("nobody's token")
                .ask(lock("l", 7), unlock("l/7"))
                .as("ann")
                .ask(AuthOnCases.login("ann", "ann"))
                .ask(lock("l", 7), lock("w", 7), lock("k", 7), lock("z", 7), lock("l", 99))
                .ask(unlock("a"), unlock("w/7"), unlock("l/7"), unlock("nothing"))
                .as("root")
                .ask(lock("l", 8))
                .as("ann")
                .ask(Later.answered(1), lock("l", 7))
                .as("root")
                .ask(unlock("l/8"), everything())
                .end();
    }
}
