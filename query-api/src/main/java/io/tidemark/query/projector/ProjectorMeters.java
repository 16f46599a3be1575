package io.tidemark.query.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.tidemark.query.QueryMetric;
import io.tidemark.service.Meters;
import java.util.function.LongSupplier;

/** The projector's meters. */
record ProjectorMeters(
        Counter spans,
        DistributionSummary batch,
        Timer queryable,
        Timer apply,
        Timer refresh,
        Timer commit,
        Counter retries,
        Counter rebuildsDamaged,
        Counter rebuildsReplaced,
        Counter deletedByTime,
        Counter deletedBySize) {

    static ProjectorMeters of(Meters meters, LongSupplier lag, LongSupplier indexBytes) {
        meters.gauge(QueryMetric.LAG, lag::getAsLong);
        meters.gauge(QueryMetric.INDEX_SIZE, indexBytes::getAsLong);
        return new ProjectorMeters(
                meters.counter(QueryMetric.SPANS),
                meters.summary(QueryMetric.BATCH),
                meters.timer(QueryMetric.QUERYABLE),
                meters.timer(QueryMetric.APPLY),
                meters.timer(QueryMetric.REFRESH),
                meters.timer(QueryMetric.COMMIT),
                meters.counter(QueryMetric.RETRIES),
                meters.counter(QueryMetric.REBUILDS, "damaged"),
                meters.counter(QueryMetric.REBUILDS, "log_replaced"),
                meters.counter(QueryMetric.DELETED, "time"),
                meters.counter(QueryMetric.DELETED, "size"));
    }
}
