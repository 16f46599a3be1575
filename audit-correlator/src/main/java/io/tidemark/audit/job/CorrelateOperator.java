package io.tidemark.audit.job;

import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;

/** Runs the function and has its memory written to Flink's state before each checkpoint. */
final class CorrelateOperator extends KeyedProcessOperator<String, KeyedFact, Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final CorrelateFunction function;

    CorrelateOperator(CorrelateFunction function) {
        super(function);
        this.function = function;
    }

    @Override
    public void open() throws Exception {
        super.open();
        function.begin(this);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        super.prepareSnapshotPreBarrier(checkpointId);
        function.writeMemory();
    }
}
