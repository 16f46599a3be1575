package io.tidemark.deploy;

import io.tidemark.service.MetricSpec;
import java.util.List;

/** Every metric of the process as a whole. */
public enum DeployMetric implements MetricSpec {
    BUILD(
            "tidemark_build_info",
            Type.GAUGE,
            "Always 1; the tags say what runs.",
            Tag.upTo(1, "version"),
            Tag.upTo(1, "java")),
    DURABILITY(
            "tidemark_deploy_durability_info",
            Type.GAUGE,
            "Always 1; the tag says what has happened to an event before its door answers: fsync on the embedded broker,"
                    + " acks_all on a Kafka cluster, whose settings decide what that means.",
            Tag.of("mode", "fsync", "acks_all")),
    START("tidemark_deploy_start_seconds", Type.GAUGE, "From the start of the JVM until everything was ready once."),
    UPTIME("tidemark_deploy_uptime_seconds", Type.GAUGE, "Since the start of the JVM."),
    PART(
            "tidemark_deploy_part_ready",
            Type.GAUGE,
            "1 when the part works, if only with a loss; 0 when not. Worry at 0.",
            Tag.upTo(16, "part")),
    CORRELATOR_STATE(
            "tidemark_deploy_correlator_state",
            Type.GAUGE,
            "1 for the state the correlator's process is in. Worry when it is not running for long.",
            Tag.of("state", "closed", "starting", "running", "waiting")),
    CORRELATOR_UPTIME(
            "tidemark_deploy_correlator_uptime_seconds",
            Type.GAUGE,
            "Since the correlator's process became ready; NaN while it is not."),
    CORRELATOR_RESTARTS(
            "tidemark_deploy_correlator_restarts_total",
            Type.COUNTER,
            "How often the correlator's process had to be started again. Worry when it grows: logs/correlator.log says why."),
    TOPIC_SIZE(
            "tidemark_deploy_topic_bytes",
            Type.GAUGE,
            "Size of a topic's records on the embedded broker's disk.",
            Tag.upTo(16, "topic")),
    DATA_FREE(
            "tidemark_deploy_data_free_bytes",
            Type.GAUGE,
            "Free space on the data folder's disk. Worry before it falls below data.free.writes: what needs room is refused then.");

    @SuppressWarnings("ImmutableEnumChecker") // its list is a copy that nobody changes
    private final Definition definition;

    DeployMetric(String metricName, Type type, String help, Tag... tags) {
        this.definition = new Definition(metricName, type, help, List.of(tags));
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
