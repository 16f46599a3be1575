package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.encoding.Micros;
import io.tidemark.revision.etcd.proto.RevisionAtRequest;
import io.tidemark.revision.etcd.proto.RevisionAtResponse;
import io.tidemark.revision.etcd.proto.RevisionTime;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A revision by the time at which it was the newest one. */
final class AtOption {
    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = TimeValue.class,
            description = "as of this time: 2026-11-23T08:17:47Z, 2026-11-23, or 15m (ago); UTC")
    private @Nullable Instant time;

    /** @param revision what an option for it said; 0 when nothing */
    void check(String option, long revision) {
        if (time != null && revision != 0) {
            throw new CommandFailure(Kind.USAGE, "--at and " + option + " both name a revision", "leave one out");
        }
    }

    /** @return null when it was not given */
    @Nullable
    Instant time() {
        return time;
    }

    /**
     * The revision that is meant.
     *
     * @param otherwise when it was not given
     */
    long revision(EtcdClient client, long otherwise) throws InterruptedException {
        return time == null ? otherwise : revision(client, time);
    }

    private static long revision(EtcdClient client, Instant time) throws InterruptedException {
        RevisionAtResponse answer = client.ask(
                EtcdMethods.REVISION_AT,
                RevisionAtRequest.newBuilder().setMicros(Micros.of(time)).build());
        if (answer.hasRevision()) {
            return answer.getRevision().getRevision();
        }
        throw new CommandFailure(
                Kind.FAILED,
                "what was at " + time + " cannot be read" + (answer.hasOldest() ? oldest(answer.getOldest()) : ""),
                "name a later time");
    }

    private static String oldest(RevisionTime oldest) {
        return ": the oldest revision that can be is " + oldest.getRevision() + ", of " + Micros.at(oldest.getMicros());
    }
}
