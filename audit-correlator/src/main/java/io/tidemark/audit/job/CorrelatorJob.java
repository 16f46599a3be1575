package io.tidemark.audit.job;

import io.tidemark.audit.job.CorrelateFunction.Settings;
import io.tidemark.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The job:
 *
 * <pre>
 *   audit.events ─► facts (reads end here) ─► by object key ─► correlate ─► audit.spans
 * </pre>
 *
 * Delivery is at least once: span ids are hashes of their cause, so a span written twice is the same span.
 */
final class CorrelatorJob {
    private static final Duration IDLE_PARTITION = Duration.ofSeconds(5);

    private final CorrelatorSettings settings;

    CorrelatorJob(CorrelatorSettings settings) {
        this.settings = settings;
    }

    /** Submits the job, going on from a checkpoint when one is given. */
    JobClient start(Optional<Path> checkpoint) throws Exception {
        Configuration configuration = settings.flink();
        checkpoint.ifPresent(path -> {
            configuration.setString(
                    "execution.state-recovery.path", path.toUri().toString());
            configuration.setString("execution.state-recovery.claim-mode", "CLAIM");
        });
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        DataStream<KeyedFact> facts = environment
                .fromSource(source(), watermarks(), Topics.AUDIT_EVENTS.name())
                .uid("audit-events")
                .returns(KeyedFactType.INSTANCE);
        byKey(facts)
                .transform("correlate", SpanRecords.TYPE, new CorrelateOperator(new CorrelateFunction(correlation())))
                .uid("correlate")
                .sinkTo(sink())
                .name(Topics.AUDIT_SPANS.name())
                .uid("audit-spans");
        return environment.executeAsync("audit-correlator");
    }

    /** A single task has all keys, so that nothing needs to be sent to another one: the whole job is one thread. */
    private KeyedStream<KeyedFact, String> byKey(DataStream<KeyedFact> facts) {
        return settings.parallelism() == 1
                ? DataStreamUtils.reinterpretAsKeyedStream(facts, KeyedFact::key, Types.STRING)
                : facts.keyBy(KeyedFact::key, Types.STRING);
    }

    private KafkaSource<KeyedFact> source() {
        return KafkaSource.<KeyedFact>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaSubscriber(new AwaitedTopic(Topics.AUDIT_EVENTS.name()))
                .setGroupId("tidemark-audit-correlator")
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(new FactDeserializer())
                .setProperty("commit.offsets.on.checkpoint", "true")
                // each request has its price at the broker, however little it brings: wait a moment for more
                .setProperty("fetch.min.bytes", Integer.toString(256 << 10))
                .setProperty("fetch.max.wait.ms", "50")
                // up to three polls lie between fetcher and task, and what lies there is copied by each collection
                .setProperty("max.poll.records", "200")
                .build();
    }

    /** Log time never runs backwards within a partition. */
    private static WatermarkStrategy<KeyedFact> watermarks() {
        return WatermarkStrategy.<KeyedFact>forMonotonousTimestamps().withIdleness(IDLE_PARTITION);
    }

    private KafkaSink<Tuple2<byte[], byte[]>> sink() {
        Properties producer = new Properties();
        producer.setProperty("acks", "all");
        producer.setProperty("compression.type", "zstd");
        producer.setProperty("compression.zstd.level", "1");
        producer.setProperty("batch.size", Integer.toString(1 << 20));
        // each batch is flushed to disk: few large ones
        producer.setProperty("linger.ms", "50");
        return KafkaSink.<Tuple2<byte[], byte[]>>builder()
                .setBootstrapServers(settings.bootstrapServers())
                .setKafkaProducerConfig(producer)
                .setRecordSerializer(new SpanRecords(Topics.AUDIT_SPANS.name()))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .build();
    }

    private Settings correlation() {
        return new Settings(
                settings.factsRetention().toSeconds() * 1_000_000,
                settings.entriesRetention().toSeconds() * 1_000_000,
                settings.factsMax(),
                settings.entriesMax(),
                settings.idleRetention().toSeconds() * 1_000_000,
                settings.memoryBytes());
    }
}
