package io.tidemark.audit.job;

import io.tidemark.audit.fact.Facts;
import io.tidemark.audit.fact.Scope;
import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.schema.correlate.FactKind;
import io.tidemark.topic.Serdes;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of the audit topic to facts. Reads, leases and reviews end here, before anything is sent between tasks. */
final class FactDeserializer implements KafkaRecordDeserializationSchema<KeyedFact> {
    private static final long serialVersionUID = 1L;

    private transient Map<Scope, Counter> events = Map.of();
    private transient Map<FactKind, Counter> counted = Map.of();

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        events = CorrelateCounters.by(Scope.class, CorrelatorMetric.EVENTS, context.getMetricGroup());
        counted = CorrelateCounters.by(FactKind.class, CorrelatorMetric.FACTS, context.getMetricGroup());
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KeyedFact> out) throws IOException {
        Facts.Reading reading = Facts.read(Serdes.AUDIT_EVENT.decode(record.value()));
        Objects.requireNonNull(events.get(reading.scope())).inc();
        long logMicros = TimeUnit.MILLISECONDS.toMicros(record.timestamp());
        for (Facts.Keyed keyed : reading.facts()) {
            Objects.requireNonNull(counted.get(keyed.evidence().fact().getKind()))
                    .inc();
            out.collect(new KeyedFact(keyed.key(), keyed.evidence(), logMicros));
        }
    }

    @Override
    public TypeInformation<KeyedFact> getProducedType() {
        return KeyedFactType.INSTANCE;
    }
}
