package io.tidemark.audit.job;

import io.tidemark.audit.correlate.Correlator;
import io.tidemark.audit.correlate.Retention;
import io.tidemark.audit.correlate.Timeline;
import io.tidemark.audit.metric.CorrelatorMetric;
import io.tidemark.audit.metric.CorrelatorReading;
import io.tidemark.schema.audit.Span;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyContext;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One correlator per object key. Flink's event time here is log time, the time at which Kafka took the record in: it
 * never runs backwards, and a replay sees the same.
 */
final class CorrelateFunction extends KeyedProcessFunction<String, KeyedFact, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final Settings settings;
    private transient @Nullable Correlator correlator;
    private transient @Nullable CorrelateCounters counters;
    private transient @Nullable KeyMemory memory;

    /**
     * What the function needs to know of the configuration.
     *
     * @param factsMicros see {@link Retention}
     * @param entriesMicros see {@link Retention}
     * @param factsMax see {@link Retention}
     * @param entriesMax see {@link Retention}
     * @param idleMicros log time after which a key that is not heard of is forgotten
     * @param memoryBytes memory for keys in front of Flink's state
     */
    record Settings(
            long factsMicros, long entriesMicros, int factsMax, int entriesMax, long idleMicros, long memoryBytes)
            implements java.io.Serializable {
        private static final long serialVersionUID = 1L;
    }

    CorrelateFunction(Settings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        CorrelateCounters counted = new CorrelateCounters(getRuntimeContext().getMetricGroup());
        counters = counted;
        correlator = new Correlator(
                new Retention(
                        settings.factsMicros(), settings.entriesMicros(), settings.factsMax(), settings.entriesMax()),
                counted::noticed);
    }

    /**
     * Takes up Flink's state.
     *
     * @param keys moves it from key to key
     */
    void begin(KeyContext keys) {
        KeyMemory opened = new KeyMemory(
                keys,
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>(
                                "key", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
                getRuntimeContext()
                        .getMapState(new MapStateDescriptor<>(
                                "chunks", Types.INT, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)),
                settings.memoryBytes());
        memory = opened;
        getRuntimeContext()
                .getMetricGroup()
                .gauge(CorrelatorReading.series(CorrelatorMetric.MEMORY, List.of()), opened::bytes);
    }

    /** Brings Flink's state to what is held in memory. */
    void writeMemory() {
        Objects.requireNonNull(memory).writeAll();
    }

    @Override
    public void processElement(KeyedFact element, Context context, Collector<Tuple2<byte[], byte[]>> out) {
        KeyMemory held = Objects.requireNonNull(memory);
        HeldKey key = held.current();
        key.timeline.touch(element.logMicros());
        if (key.timeline.alarmMicros() == 0) {
            setAlarm(key.timeline, context);
        }
        for (Span span : Objects.requireNonNull(correlator).accept(key.timeline, key.facts, element.evidence())) {
            Objects.requireNonNull(counters).sent(span);
            out.collect(SpanRecords.of(span));
        }
        key.touch();
        held.settle(key);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Tuple2<byte[], byte[]>> out) {
        KeyMemory held = Objects.requireNonNull(memory);
        HeldKey key = held.current();
        if (TimeUnit.MILLISECONDS.toMicros(timestamp) >= key.timeline.touchedMicros() + settings.idleMicros()) {
            held.forget(key);
            return;
        }
        setAlarm(key.timeline, context);
        key.touch();
        held.settle(key);
    }

    @Override
    public void close() {
        KeyMemory held = memory;
        if (held != null) {
            held.close();
        }
    }

    private void setAlarm(Timeline timeline, Context context) {
        long at = timeline.touchedMicros() + settings.idleMicros();
        timeline.alarm(at);
        context.timerService().registerEventTimeTimer(TimeUnit.MICROSECONDS.toMillis(at) + 1);
    }
}
