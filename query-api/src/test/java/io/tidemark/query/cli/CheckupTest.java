package io.tidemark.query.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.query.cli.Checkup.Finding;
import io.tidemark.query.cli.Checkup.Level;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckupTest {
    private static final String METRICS = """
        # HELP tidemark_build_info Always 1
        tidemark_build_info{java="25.0.3",version="1.2"} 1.0
        tidemark_deploy_durability_info{mode="fsync"} 1.0
        tidemark_deploy_uptime_seconds 7384.2
        tidemark_correlator_lag_records 15000.0
        tidemark_query_lag_records 2.0
        tidemark_ingest_rejected_events_total{door="webhook"} 3.0
        tidemark_ingest_rejected_events_total{door="file"} 4.0
        tidemark_ingest_accepted_events_total{door="file"} 1000.0
        tidemark_deploy_data_free_bytes 1.0E8
        tidemark_correlator_checkpoint_bytes NaN
        tidemark_kv_applied_revision{keyspace="default"} 17.0
        tidemark_kv_applied_revision{keyspace="events"} 3.0
        tidemark_kv_image_bytes{keyspace="default"} 2097152.0
        tidemark_kv_writer_active{keyspace="default"} 1.0
        tidemark_kv_writer_active{keyspace="events"} 0.0
        tidemark_kv_append_seconds_count{keyspace="default"} 4.0
        tidemark_kv_append_seconds_sum{keyspace="default"} 0.01
        tidemark_kv_raised_alarms{keyspace="events"} 1.0
        tidemark_kv_checkpoint_age_seconds{keyspace="default"} 754.0
        tidemark_kv_checkpoint_age_seconds{keyspace="events"} NaN
        tidemark_kv_checkpoint_revision{keyspace="default"} 15.0
        tidemark_kv_checkpoint_bytes{keyspace="default"} 3145728.0
        tidemark_kv_checkpoint_failures_total{keyspace="default"} 0.0
        tidemark_kv_checkpoint_failures_total{keyspace="events"} 2.0
        """;

    private static Finding about(Checkup checkup, String about) {
        return checkup.findings().stream()
                .filter(finding -> finding.about().equals(about))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyPartIsToldWithWhatToDo() {
        Checkup checkup = new Checkup().parts("""
            [+]kafka ok
            [+]topics ok, degraded: 2 settings are not as wanted
            [-]correlator failed: down since 08:00: it ended
            readyz check failed
            """);
        assertThat(checkup.findings()).hasSize(3);
        assertThat(about(checkup, "kafka").level()).isEqualTo(Level.OK);
        assertThat(about(checkup, "topics").level()).isEqualTo(Level.NOTE);
        assertThat(about(checkup, "topics").remedy()).contains("tidemark topics --check");
        assertThat(about(checkup, "correlator"))
                .isEqualTo(new Finding(
                        Level.BAD,
                        "correlator",
                        "down since 08:00: it ended",
                        "it is started again by itself; logs/correlator.log in the data folder says why it ended"));
        assertThat(checkup.isBad()).isTrue();
    }

    @Test
    void figuresAreWeighed() {
        Checkup checkup = new Checkup().figures(new Scrape(METRICS));
        assertThat(about(checkup, "lag").level()).isEqualTo(Level.NOTE);
        assertThat(about(checkup, "lag").found()).startsWith("15002 records");
        assertThat(about(checkup, "rejects").found()).isEqualTo("7 events refused since the start, 1000 accepted");
        assertThat(about(checkup, "disk").level()).isEqualTo(Level.BAD);
        assertThat(checkup.findings()).noneMatch(finding -> finding.about().equals("restarts"));
    }

    @Test
    void eachKeyspaceIsTold() {
        assertThat(about("keyspace"))
                .containsExactly(
                        new Finding(
                                Level.OK,
                                "keyspace",
                                "default: revision 17, 2.0 MiB of files, written here, an append takes 2.5 ms on average",
                                ""),
                        new Finding(
                                Level.NOTE,
                                "keyspace",
                                "events: revision 3, 0.0 MiB of files, another node writes, or none does, alarms raised: 1",
                                "`etcdctl alarm list`; then delete, compact, defragment, `etcdctl alarm disarm`"));
    }

    @Test
    void theNewestCheckpointOfEachKeyspaceIsTold() {
        assertThat(about("checkpoint"))
                .containsExactly(
                        new Finding(
                                Level.OK,
                                "checkpoint",
                                "default: the newest is 12 min old, of revision 15, 3.0 MiB",
                                ""),
                        new Finding(
                                Level.NOTE,
                                "checkpoint",
                                "events: none; an image that is lost is made from the whole log; 2 failed since"
                                        + " the start",
                                "each is tried again; the lines of `tidemark up` say why it failed"));
    }

    private static List<Finding> about(String about) {
        return new Checkup()
                .keyspaces(new Scrape(METRICS)).findings().stream()
                        .filter(finding -> finding.about().equals(about))
                        .toList();
    }

    @Test
    void versionsAreCompared() {
        Checkup same = new Checkup().server("http://x", new Scrape(METRICS), "1.2");
        assertThat(about(same, "server"))
                .isEqualTo(new Finding(Level.OK, "server", "http://x, tidemark 1.2, java 25.0.3, up 2 h 3 min", ""));
        assertThat(about(same, "durability").found()).isEqualTo("fsync before every answer");
        assertThat(about(new Checkup().server("http://x", new Scrape(METRICS), "1.3"), "server")
                        .level())
                .isEqualTo(Level.NOTE);
    }

    @Test
    void aLogThatIsLostWithOneBrokerIsSaid() {
        String metrics = """
                tidemark_deploy_durability_info{mode="acks_all"} 1.0
                tidemark_kv_log_replicas{keyspace="default"} 3.0
                tidemark_kv_log_replicas{keyspace="events"} 3.0
                tidemark_kv_log_confirming_replicas{keyspace="default"} 2.0
                tidemark_kv_log_confirming_replicas{keyspace="events"} %s
                """;
        Finding enough =
                about(new Checkup().server("http://x", new Scrape(metrics.formatted("2.0")), "1"), "durability");
        assertThat(enough)
                .isEqualTo(new Finding(Level.OK, "durability", "acks=all, 2 of 3 brokers before every answer", ""));
        Finding tooFew =
                about(new Checkup().server("http://x", new Scrape(metrics.formatted("1.0")), "1"), "durability");
        assertThat(tooFew.level()).isEqualTo(Level.NOTE);
        assertThat(tooFew.found()).isEqualTo("acks=all, 1 of 3 brokers before every answer");
        assertThat(tooFew.remedy()).contains("min.insync.replicas=2");
    }

    @Test
    void nothingReceivedIsSaidWithTheWayIn() throws Exception {
        Checkup checkup = new Checkup().coverage(new ObjectMapper().readTree("""
            {"audit":"none","from":null,"to":null,"spans":0,"objects":0,"retention":"PT168H","missing":["nothing"]}\
            """));
        assertThat(about(checkup, "audit").remedy()).contains("audit-webhook.md", "tidemark ingest");
        assertThat(about(checkup, "coverage").found()).isEqualTo("0 spans of 0 objects, kept for 7 days");
        assertThat(checkup.findings()).noneMatch(finding -> finding.about().equals("missing"));
    }
}
