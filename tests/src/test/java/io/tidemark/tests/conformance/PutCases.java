package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.OPEN;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.range;
import static io.tidemark.tests.conformance.Ask.timeToLive;

import io.tidemark.revision.etcd.proto.PutRequest;
import java.util.List;

/** Writing and deleting single keys and ranges. */
final class PutCases {
    private static final int MEBIBYTE = 1024 * 1024;

    private PutCases() {}

    static List<Program> all() {
        return List.of(
                versions(),
                sameValueTwice(),
                ignoreValue(),
                ignoreLease(),
                leases(),
                refusals(),
                requestSizes(),
                deletes(),
                deleteRanges(),
                recreate());
    }

    private static Program versions() {
        return new Script(
                        "put/versions",
                        "version, create and mod revision of new and overwritten keys; prev_kv when asked")
                .ask(
                        put("a", "1"),
                        range("a"),
                        put("a", "2"),
                        range("a"),
                        put("a", "3").setPrevKv(true),
                        range("a"))
                .ask(put("b", "").setPrevKv(true), put("b", "1").setPrevKv(true), everything())
                .end();
    }

    private static Program sameValueTwice() {
        return new Script("put/sameValueTwice", "the same value again is a new revision and a new version")
                .ask(put("a", "1"), put("a", "1"), put("a", "1").setPrevKv(true), range("a"))
                .end();
    }

    private static Program ignoreValue() {
        return new Script("put/ignoreValue", "ignore_value keeps the value, not the lease; needs a key and no value")
                .ask(
                        put("a", "").setIgnoreValue(true),
                        grant(7, 10_000),
                        put("a", "1").setLease(7))
                .ask(put("a", "").setIgnoreValue(true).setPrevKv(true), range("a"), timeToLive(7))
                .ask(put("a", "").setIgnoreValue(true).setLease(7), range("a"), timeToLive(7))
                .ask(put("a", "2").setIgnoreValue(true), put("", "").setIgnoreValue(true), range("a"))
                .ask(delete("a"), put("a", "").setIgnoreValue(true), range("a"))
                .end();
    }

    private static Program ignoreLease() {
        return new Script("put/ignoreLease", "ignore_lease keeps the lease, not the value; needs a key and no lease")
                .ask(
                        put("a", "1").setIgnoreLease(true),
                        grant(7, 10_000),
                        grant(8, 11_000),
                        put("a", "1").setLease(7))
                .ask(put("a", "2").setIgnoreLease(true).setPrevKv(true), range("a"), timeToLive(7))
                .ask(
                        put("a", "3").setIgnoreLease(true).setLease(8),
                        put("a", "3").setIgnoreLease(true).setLease(9))
                .ask(put("a", "").setIgnoreLease(true).setIgnoreValue(true), range("a"), timeToLive(7))
                .ask(put("b", "1"), put("b", "2").setIgnoreLease(true), everything())
                .end();
    }

    private static Program leases() {
        return new Script(
                        "put/leases",
                        "a put needs its lease to be there; without one it lets go, with another it moves")
                .ask(
                        put("a", "1").setLease(7),
                        grant(7, 10_000),
                        grant(8, 11_000),
                        put("a", "1").setLease(7))
                .ask(timeToLive(7), put("a", "2").setLease(8), timeToLive(7), timeToLive(8), range("a"))
                .ask(
                        put("a", "3"),
                        timeToLive(8),
                        range("a"),
                        put("a", "4").setLease(-8),
                        put("a", "4").setLease(9))
                .ask(range("a"), put("b", "1").setLease(7), put("c", "1").setLease(7), delete("b"), timeToLive(7))
                .end();
    }

    private static Program refusals() {
        return new Script("put/refusals", "no key; which refusal comes first when several are due")
                .ask(
                        PutRequest.newBuilder(),
                        put("", "1"),
                        put("", "1").setIgnoreValue(true),
                        put("", "1").setLease(9))
                .ask(
                        put("a", "1").setIgnoreValue(true).setLease(9),
                        put("a", "").setIgnoreValue(true).setLease(9))
                .ask(put("a", "1").setIgnoreValue(true).setIgnoreLease(true).setLease(9))
                .ask(put("a", "").setIgnoreLease(true).setLease(9), everything())
                .end();
    }

    private static Program requestSizes() {
        Script script =
                new Script("put/requestSizes", "requests up to and above 1.5 MiB, and above the transport's 2 MiB");
        int limit = MEBIBYTE + MEBIBYTE / 2;
        for (int size : new int[] {limit - 1024, limit - 64, limit - 8, limit, limit + 1024, 2 * MEBIBYTE - 1024}) {
            script.ask(put("a", "\0".repeat(size)), range("a").setKeysOnly(true));
        }
        script.ask(put("a", "\0".repeat(2 * MEBIBYTE)), range("a").setKeysOnly(true), put("a", "small"), range("a"));
        return script.end();
    }

    private static Program deletes() {
        return new Script(
                        "delete/counts", "none, one and many; nothing deleted takes no revision; prev_kvs in key order")
                .ask(
                        delete("a"),
                        put("b", "1"),
                        put("a", "1"),
                        put("c", "1"),
                        delete("x"),
                        delete("x").setPrevKv(true))
                .ask(
                        delete("a"),
                        everything(),
                        delete("a"),
                        put("a", "2"),
                        delete("a", "z").setPrevKv(true),
                        everything())
                .ask(
                        delete("", ""),
                        delete("", OPEN),
                        delete("a", "z").setPrevKv(true),
                        range("a").setRevision(4))
                .end();
    }

    private static Program deleteRanges() {
        Script script = new Script("delete/shapes", "ranges that are empty, inverted, open and whole");
        for (String[] range :
                new String[][] {{"a", "a"}, {"c", "a"}, {"a", "c"}, {"b", OPEN}, {"\0", OPEN}, {"\0", "b"}}) {
            script.puts("\0", "a", "b", "c", "\u00ff")
                    .ask(
                            delete(range[0], range[1]).setPrevKv(true),
                            everything().setKeysOnly(true));
        }
        return script.end();
    }

    private static Program recreate() {
        return new Script("delete/recreate", "a key made again begins anew, without lease")
                .ask(grant(7, 10_000), put("a", "1").setLease(7), put("a", "2").setLease(7), delete("a"), timeToLive(7))
                .ask(put("a", "3").setPrevKv(true), range("a"), put("a", "4"), range("a"))
                .ask(
                        range("a").setRevision(3),
                        range("a").setRevision(4),
                        range("a").setRevision(5))
                .end();
    }
}
