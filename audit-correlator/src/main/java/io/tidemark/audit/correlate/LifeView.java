package io.tidemark.audit.correlate;

import io.tidemark.audit.correlate.Timeline.Moment;
import io.tidemark.schema.correlate.OwnerRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that an object span tells of a life: equal views give equal spans, apart from the time of acceptance. Much
 * cheaper to put together than the span, which most events leave as it is.
 *
 * @param owners the owners of each stretch of versions
 * @param previousUid of the life before it under the same name
 * @param withdrawn nothing is left of it
 */
record LifeView(
        String kind,
        String apiVersion,
        long startMicros,
        long creationMicros,
        Optional<Moment> created,
        Optional<Moment> deletionAsked,
        Optional<Moment> deleted,
        List<Owners> owners,
        Map<String, String> labels,
        String previousUid,
        boolean withdrawn) {

    /** Owners and since when they are seen. */
    record Owners(long firstMicros, List<OwnerRef> refs) {}

    static LifeView of(Timeline timeline, Life life, boolean withdrawn) {
        return new LifeView(
                life.kind(),
                life.apiVersion(),
                timeline.startOf(life),
                life.creationMicros(),
                timeline.createdOf(life),
                timeline.deletionAskedOf(life),
                timeline.deletedOf(life),
                life.ownerRuns().stream()
                        .map(run -> new Owners(run.getFirstMicros(), run.getOwners()))
                        .toList(),
                life.labels(),
                timeline.previousOf(life).map(Life::uid).orElse(""),
                withdrawn);
    }
}
