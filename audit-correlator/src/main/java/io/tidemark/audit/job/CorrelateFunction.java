package io.tidemark.audit.job;

import io.tidemark.audit.correlate.Correlator;
import io.tidemark.audit.correlate.FactStore;
import io.tidemark.audit.correlate.Retention;
import io.tidemark.audit.correlate.Timeline;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Fact;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * One correlator per object key. Flink's event time here is log time, the time at which Kafka took the record in: it
 * never runs backwards, and a replay sees the same.
 */
final class CorrelateFunction
        extends KeyedProcessFunction<String, Tuple3<String, byte[], Long>, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final Settings settings;
    private transient @Nullable Correlator correlator;
    private transient @Nullable CorrelateCounters counters;
    private transient @Nullable ValueState<byte[]> timelines;
    private transient @Nullable MapState<Long, byte[]> facts;

    /**
     * What the function needs to know of the configuration.
     *
     * @param factsMicros see {@link Retention}
     * @param entriesMicros see {@link Retention}
     * @param factsMax see {@link Retention}
     * @param entriesMax see {@link Retention}
     * @param idleMicros log time after which a key that is not heard of is forgotten
     */
    record Settings(long factsMicros, long entriesMicros, int factsMax, int entriesMax, long idleMicros)
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
        timelines = getRuntimeContext()
                .getState(
                        new ValueStateDescriptor<>("timeline", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
        facts = getRuntimeContext()
                .getMapState(new MapStateDescriptor<>(
                        "facts", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    }

    @Override
    public void processElement(
            Tuple3<String, byte[], Long> element, Context context, Collector<Tuple2<byte[], byte[]>> out)
            throws Exception {
        Timeline timeline = read();
        timeline.touch(element.f2);
        if (timeline.alarmMicros() == 0) {
            setAlarm(timeline, context);
        }
        FactStore store = new FlinkFacts(Objects.requireNonNull(facts));
        for (Span span :
                Objects.requireNonNull(correlator).accept(timeline, store, StateCodec.decodeFact(element.f1))) {
            Objects.requireNonNull(counters).sent(span);
            out.collect(SpanRecords.of(span));
        }
        Objects.requireNonNull(timelines).update(StateCodec.encode(timeline.state()));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<Tuple2<byte[], byte[]>> out)
            throws Exception {
        Timeline timeline = read();
        if (TimeUnit.MILLISECONDS.toMicros(timestamp) >= timeline.touchedMicros() + settings.idleMicros()) {
            Objects.requireNonNull(timelines).clear();
            Objects.requireNonNull(facts).clear();
            return;
        }
        setAlarm(timeline, context);
        Objects.requireNonNull(timelines).update(StateCodec.encode(timeline.state()));
    }

    private void setAlarm(Timeline timeline, Context context) {
        long at = timeline.touchedMicros() + settings.idleMicros();
        timeline.alarm(at);
        context.timerService().registerEventTimeTimer(TimeUnit.MICROSECONDS.toMillis(at) + 1);
    }

    private Timeline read() throws java.io.IOException {
        byte[] bytes = Objects.requireNonNull(timelines).value();
        return bytes == null ? Timeline.empty() : Timeline.of(StateCodec.decodeTimeline(bytes));
    }

    /** Facts in Flink's map state. */
    private record FlinkFacts(MapState<Long, byte[]> state) implements FactStore {
        @Override
        public @Nullable Fact get(long spanId) {
            try {
                byte[] bytes = state.get(spanId);
                return bytes == null ? null : StateCodec.decodeFact(bytes);
            } catch (Exception e) {
                throw new StateFailure("cannot be read", e);
            }
        }

        @Override
        public void put(Fact fact) {
            try {
                state.put(fact.getSpanId(), StateCodec.encode(fact));
            } catch (Exception e) {
                throw new StateFailure("cannot be written", e);
            }
        }

        @Override
        public void replace(Fact fact) {
            put(fact);
        }

        @Override
        public void remove(long spanId) {
            try {
                state.remove(spanId);
            } catch (Exception e) {
                throw new StateFailure("cannot be written", e);
            }
        }
    }

    /** The state backend failed: the job stops and goes on from its last checkpoint. */
    private static final class StateFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StateFailure(String what, Exception cause) {
            super("the correlator's state " + what, cause);
        }
    }
}
