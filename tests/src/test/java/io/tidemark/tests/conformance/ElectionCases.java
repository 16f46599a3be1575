package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.Ask.bytes;
import static io.tidemark.tests.conformance.Ask.compact;
import static io.tidemark.tests.conformance.Ask.delete;
import static io.tidemark.tests.conformance.Ask.everything;
import static io.tidemark.tests.conformance.Ask.grant;
import static io.tidemark.tests.conformance.Ask.put;
import static io.tidemark.tests.conformance.Ask.revoke;
import static io.tidemark.tests.conformance.Ask.timeToLive;

import io.tidemark.revision.etcd.proto.CampaignRequest;
import io.tidemark.revision.etcd.proto.LeaderKey;
import io.tidemark.revision.etcd.proto.LeaderRequest;
import io.tidemark.revision.etcd.proto.Permission;
import io.tidemark.revision.etcd.proto.ProclaimRequest;
import io.tidemark.revision.etcd.proto.ResignRequest;
import java.util.List;

/** Elections, alone and with several candidates. */
final class ElectionCases {
    private ElectionCases() {}

    static List<Program> all() {
        return List.of(
                alone(),
                foreign(),
                leases(),
                contended(),
                left(),
                lost(),
                again(),
                observed(),
                changes(),
                nobody(),
                sizes(),
                users());
    }

    static CampaignRequest.Builder campaign(String name, long lease, String value) {
        return CampaignRequest.newBuilder().setName(bytes(name)).setLease(lease).setValue(bytes(value));
    }

    static LeaderKey.Builder key(String key, long revision, long lease) {
        return LeaderKey.newBuilder()
                .setName(bytes("e"))
                .setKey(bytes(key))
                .setRev(revision)
                .setLease(lease);
    }

    static ProclaimRequest.Builder proclaim(LeaderKey.Builder leader, String value) {
        return ProclaimRequest.newBuilder().setLeader(leader).setValue(bytes(value));
    }

    static ResignRequest.Builder resign(LeaderKey.Builder leader) {
        return ResignRequest.newBuilder().setLeader(leader);
    }

    static LeaderRequest.Builder leader(String name) {
        return LeaderRequest.newBuilder().setName(bytes(name));
    }

    private static Program alone() {
        return new Script("election/alone", "one candidate leads, says so, and resigns")
                .ask(leader("e"), grant(7, 10_000), campaign("e", 7, "me"), leader("e"), everything())
                .ask(campaign("e", 7, "me"), campaign("e", 7, "me, still"), leader("e"))
                .ask(proclaim(key("e/7", 2, 7), "and now"), leader("e"), proclaim(key("e/7", 2, 7), ""), leader("e"))
                .ask(resign(key("e/7", 2, 7)), leader("e"), resign(key("e/7", 2, 7)), everything())
                .ask(campaign("", 7, ""), leader(""), campaign("e", 7, "again"), leader("e"), timeToLive(7))
                .end();
    }

    private static Program foreign() {
        return new Script("election/foreign", "keys that say nothing, are not the leader's, or no candidate's at all")
                .ask(
                        ProclaimRequest.newBuilder(),
                        ResignRequest.newBuilder(),
                        CampaignRequest.newBuilder().setLease(9))
                .ask(grant(7, 10_000), grant(8, 10_000), campaign("e", 7, "me"), put("x", "1"))
                .ask(proclaim(key("e/7", 3, 7), "wrong revision"), proclaim(key("e/8", 2, 8), "wrong key"))
                .ask(proclaim(key("e/7", 2, 8), "of another lease"), leader("e"), everything())
                .ask(proclaim(key("", 2, 7), "no key"), resign(key("", 2, 7)), proclaim(key("new", 0, 7), "made"))
                .ask(proclaim(key("x", 3, 7), "no candidate's"), resign(key("e/7", 3, 7)), resign(key("e/9", 2, 9)))
                .ask(everything(), resign(key("x", 3, 9)), resign(key("none", 0, 9)), everything())
                .ask(
                        proclaim(key("e/7", 2, 99), "no lease"),
                        revoke(7),
                        proclaim(key("e/7", 2, 7), "over"),
                        leader("e"))
                .end();
    }

    private static Program leases() {
        return new Script("election/leases", "leases that there are not, and that the server grants")
                .ask(campaign("e", 9, "x"), campaign("e", -1, "x"), leader("e"), campaign("f", 0, "x"))
                .ask(delete("f", "g"), grant(-5, 10_000), campaign("e", -5, "x"), leader("e"))
                .end();
    }

    private static Script two(String name, String shows) {
        return new Script(name, shows).ask(grant(1, 10_000), grant(2, 10_000), campaign("e", 1, "one"));
    }

    private static Program contended() {
        return two("election/contended", "the second leads when the first resigns, or is put away; it may speak before")
                .ask(Later.answered(4), campaign("e", 2, "two"))
                .ask(leader("e"), put("x", "1"), proclaim(key("e/2", 3, 2), "two waits"), resign(key("e/1", 2, 1)))
                .ask(leader("e"), campaign("f", 1, "one"))
                .ask(Later.answered(1), campaign("f", 2, "two"))
                .ask(revoke(1), leader("f"), everything())
                .end();
    }

    private static Program left() {
        return two("election/left", "who leaves while it waits is no candidate any more")
                .ask(Later.given(1), campaign("e", 2, "two"))
                .ask(everything(), everything(), resign(key("e/1", 2, 1)), leader("e"))
                .end();
    }

    private static Program lost() {
        return two(
                        "election/lost",
                        "a candidate that lost its key is told that it leads all the same, as nobody is before it")
                .ask(Later.answered(2), campaign("e", 2, "two"))
                .ask(revoke(2), resign(key("e/1", 2, 1)), leader("e"), everything())
                .end();
    }

    private static Program again() {
        return two(
                        "election/again",
                        "the same candidate twice, with another value, while it waits; compaction meanwhile")
                .ask(Later.answered(4), campaign("e", 2, "two"))
                .ask(Later.answered(3), campaign("e", 2, "another"))
                .ask(everything(), compact(3), resign(key("e/1", 2, 1)), leader("e"))
                .end();
    }

    private static Program observed() {
        return two("election/observed", "who observes hears each value of a leader")
                .observe(Later.hears(1), leader("e"))
                .observe(Later.hears(1, 2, 3, 3, 4), leader("e"))
                .ask(proclaim(key("e/1", 2, 1), "a"), proclaim(key("e/1", 2, 1), "b"), put("e/x", "no candidate"))
                .ask(put("e/1", "by hand"), leader("e"))
                .end();
    }

    private static Program changes() {
        return two("election/changes", "who observes hears the next leader, and nothing while there is none")
                .ask(Later.answered(2), campaign("e", 2, "two"))
                .observe(Later.hears(1, 2, 3, 3, 3, 4, 5), leader("e"))
                .ask(resign(key("e/1", 2, 1)), proclaim(key("e/2", 3, 2), "now"), put("f/x", "1"))
                .ask(delete("e/2"), campaign("e", 1, "one again"), proclaim(key("e/1", 8, 1), "one still"))
                .end();
    }

    private static Program nobody() {
        return new Script("election/nobody", "who observes before anybody leads hears the first")
                .ask(grant(7, 10_000), put("e", "1"), put("e0", "1"), compact(3))
                .observe(Later.hears(0, 1), leader("e"))
                .ask(campaign("e", 7, "first"), everything())
                .end();
    }

    private static Program sizes() {
        String large = "x".repeat(1_600_000);
        return new Script("election/sizes", "a value that is too large leaves no candidate, and the leader's as it is")
                .ask(grant(7, 10_000), campaign("e", 7, large), everything(), campaign("e", 7, "me"))
                .ask(proclaim(key("e/7", 2, 7), large), campaign("e", 7, large), leader("e"))
                .end();
    }

    private static Program users() {
        return AuthOnCases.enabled("election/users", "what elections take of users")
                .as("root")
                .ask(
                        AuthOnCases.role("elections"),
                        AuthOnCases.permit("elections", "e/", "e0", Permission.Type.READWRITE))
                .ask(AuthOnCases.permit("elections", "k/7", "", Permission.Type.READWRITE))
                .ask(AuthOnCases.permit("elections", "r/", "r0", Permission.Type.READ))
                .ask(
                        AuthOnCases.has("ann", "elections"),
                        grant(7, 10_000),
                        campaign("r", 7, "root"),
                        campaign("z", 7, "root"))
                .as("")
                .ask(campaign("e", 7, "x"), campaign("e", 0, "x"), leader("e"), proclaim(key("e/7", 2, 7), "x"))
                .ask(resign(key("e/7", 2, 7)), resign(key("e/7", 2, 0)))
                .observe(Later.hears(1), leader("e"))
                .as("nobody's token")
                .ask(campaign("e", 7, "x"), leader("e"))
                .observe(Later.hears(1), leader("e"))
                .as("ann")
                .ask(AuthOnCases.login("ann", "ann"))
                .ask(leader("e"), leader("r"), leader("z"), campaign("r", 7, "x"), campaign("z", 7, "x"))
                .ask(resign(key("r/7", 8, 7)), proclaim(key("r/7", 8, 7), "x"))
                .observe(Later.hears(1), leader("r"))
                .observe(Later.hears(1), leader("z"))
                .ask(grant(8, 10_000), campaign("e", 8, "ann"), leader("e"))
                .as("root")
                .ask(everything())
                .end();
    }
}
