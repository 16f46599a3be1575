package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Timeline.Moment;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.Incarnation;
import io.tidemark.schema.correlate.Owner;
import io.tidemark.schema.correlate.OwnerRef;
import io.tidemark.schema.correlate.OwnerRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One incarnation under a key, or (empty uid) what is known by name only. */
final class Life {
    private final String uid;
    private String kind;
    private String apiVersion;
    private long creationMicros;
    private long firstSeenMicros;
    private Moment created;
    private Moment deletionAsked;
    private Moment deleted;
    private long labelsVersion;
    private Map<String, String> labels;
    private final List<OwnerRun> ownerRuns;
    private boolean settled;
    private long emitted;
    private @Nullable LifeView shown;

    Life(Incarnation state) {
        uid = state.getUid();
        kind = state.getObjectKind();
        apiVersion = state.getApiVersion();
        creationMicros = state.getCreationMicros();
        firstSeenMicros = state.getFirstSeenMicros();
        created = new Moment(state.getCreatedBy(), state.getCreatedMicros());
        deletionAsked = new Moment(state.getDeletionAskedBy(), state.getDeletionAskedMicros());
        deleted = new Moment(state.getDeletedBy(), state.getDeletedMicros());
        labelsVersion = state.getLabelsVersion();
        labels = state.getLabels();
        ownerRuns = new ArrayList<>(state.getOwnerRuns());
        settled = state.getSettled();
        emitted = state.getEmitted();
    }

    static Life begin(String uid, long seenMicros) {
        return new Life(new Incarnation(
                uid, "", "", 0L, 0L, 0L, seenMicros, 0L, 0L, 0L, 0L, 0L, Map.of(), List.of(), false, 0L));
    }

    Incarnation state() {
        return new Incarnation(
                uid,
                kind,
                apiVersion,
                creationMicros,
                created.spanId(),
                created.micros(),
                firstSeenMicros,
                deletionAsked.spanId(),
                deletionAsked.micros(),
                deleted.spanId(),
                deleted.micros(),
                labelsVersion,
                labels,
                ownerRuns,
                settled,
                emitted);
    }

    /** Takes in what a fact of this life tells about the object itself. */
    void learn(Fact fact, ObjectIdentity identity) {
        if (kind.isEmpty()) {
            kind = identity.getKind();
        }
        if (identity.getVersion().compareTo(apiVersion) > 0) {
            apiVersion = identity.getVersion();
        }
        firstSeenMicros = Math.min(firstSeenMicros, fact.getReceivedMicros());
        if (creationMicros == 0) {
            creationMicros = fact.getCreatedMicros();
        }
        if (fact.getHasMetadata() && fact.getVersion() >= labelsVersion) {
            labelsVersion = fact.getVersion();
            labels = fact.getLabels();
        }
    }

    /** Whether a fact shows other owners than the stretch of versions its own version falls into. */
    boolean contradictsOwners(Fact fact) {
        return ownerRuns.stream()
                .anyMatch(run -> run.getFirstVersion() <= fact.getVersion()
                        && fact.getVersion() <= run.getLastVersion()
                        && !run.getOwners().equals(refs(fact)));
    }

    /**
     * Owners are kept as stretches of versions that show the same ones. A version inside a stretch adds nothing, one
     * beside a stretch with the same owners widens it, any other one is a stretch of its own. Several answers can show
     * the version with which a stretch begins: it began with the earliest of them.
     */
    void learnOwners(Fact fact) {
        long version = fact.getVersion();
        int at = 0;
        while (at < ownerRuns.size() && ownerRuns.get(at).getLastVersion() < version) {
            at++;
        }
        if (at < ownerRuns.size() && ownerRuns.get(at).getFirstVersion() <= version) {
            OwnerRun run = ownerRuns.get(at);
            if (run.getFirstVersion() == version && fact.getStageMicros() < run.getFirstMicros()) {
                ownerRuns.set(at, new OwnerRun(version, fact.getStageMicros(), run.getLastVersion(), run.getOwners()));
            }
            return;
        }
        ownerRuns.add(at, new OwnerRun(version, fact.getStageMicros(), version, refs(fact)));
        mergeEqualNeighbours();
    }

    /** Starts over from facts in the order of their versions; what is older than the first of them stays. */
    void relearnOwners(List<Fact> facts) {
        long first = facts.getFirst().getVersion();
        ownerRuns.removeIf(run -> run.getFirstVersion() >= first);
        if (!ownerRuns.isEmpty() && ownerRuns.getLast().getLastVersion() >= first) {
            OwnerRun cut = ownerRuns.removeLast();
            ownerRuns.add(
                    new OwnerRun(cut.getFirstVersion(), cut.getFirstMicros(), cut.getFirstVersion(), cut.getOwners()));
        }
        facts.forEach(this::learnOwners);
    }

    private void mergeEqualNeighbours() {
        for (int i = ownerRuns.size() - 1; i > 0; i--) {
            OwnerRun first = ownerRuns.get(i - 1);
            OwnerRun second = ownerRuns.get(i);
            if (first.getOwners().equals(second.getOwners())) {
                OwnerRun both = new OwnerRun(
                        first.getFirstVersion(), first.getFirstMicros(), second.getLastVersion(), first.getOwners());
                ownerRuns.set(i - 1, both);
                ownerRuns.remove(i);
            }
        }
    }

    private static List<OwnerRef> refs(Fact fact) {
        return fact.getOwners().stream().map(Life::ref).toList();
    }

    private static OwnerRef ref(Owner owner) {
        return new OwnerRef(
                owner.getApiVersion(), owner.getKind(), owner.getName(), owner.getUid(), owner.getController());
    }

    /** Keeps what the entries that are about to be given up would have told. */
    void settle(Moment lastCreated, Moment lastDeletionAsked, Moment lastDeleted) {
        settled = true;
        created = created.earlier(lastCreated);
        deletionAsked = deletionAsked.earlier(lastDeletionAsked);
        deleted = deleted.earlier(lastDeleted);
    }

    String uid() {
        return uid;
    }

    String kind() {
        return kind;
    }

    String apiVersion() {
        return apiVersion;
    }

    long creationMicros() {
        return creationMicros;
    }

    long firstSeenMicros() {
        return firstSeenMicros;
    }

    Moment created() {
        return created;
    }

    Moment deletionAsked() {
        return deletionAsked;
    }

    Moment deleted() {
        return deleted;
    }

    Map<String, String> labels() {
        return labels;
    }

    List<OwnerRun> ownerRuns() {
        return ownerRuns;
    }

    boolean settled() {
        return settled;
    }

    long emitted() {
        return emitted;
    }

    void emitted(long hash) {
        emitted = hash;
    }

    /** How it was when its span was last compared with what was sent; null when that was before it was stored. */
    @Nullable
    LifeView shown() {
        return shown;
    }

    void shown(LifeView view) {
        shown = view;
    }
}
