package io.tidemark.audit.job;

import io.tidemark.schema.correlate.StoredFact;
import io.tidemark.topic.AvroBinary;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A keyed fact on its way to another task: key, log time, then the fact as it is stored. */
final class KeyedFactSerializer extends TypeSerializerSingleton<KeyedFact> {
    private static final long serialVersionUID = 1L;
    static final KeyedFactSerializer INSTANCE = new KeyedFactSerializer();
    private static final ThreadLocal<AvroBinary<StoredFact>> FACTS =
            ThreadLocal.withInitial(() -> new AvroBinary<>(StoredFact.SCHEMA$));

    /** Written into restore points, where elements under way can be. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyedFact> {
        /** Called by Flink when it reads a restore point. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    @Override
    public void serialize(KeyedFact element, DataOutputView out) throws IOException {
        StringSerializer.INSTANCE.serialize(element.key(), out);
        out.writeLong(element.logMicros());
        StoredFact fact = StateCodec.encode(element.evidence());
        BytePrimitiveArraySerializer.INSTANCE.serialize(FACTS.get().encode(fact), out);
    }

    @Override
    public KeyedFact deserialize(DataInputView in) throws IOException {
        String key = StringSerializer.INSTANCE.deserialize(in);
        long logMicros = in.readLong();
        byte[] fact = BytePrimitiveArraySerializer.INSTANCE.deserialize(in);
        return new KeyedFact(key, StateCodec.decode(FACTS.get().decode(fact)), logMicros);
    }

    @Override
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public KeyedFact createInstance() {
        throw new UnsupportedOperationException("elements are made by the source only");
    }

    @Override
    public KeyedFact copy(KeyedFact from) {
        return from;
    }

    @Override
    public KeyedFact copy(KeyedFact from, KeyedFact reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
    }

    @Override
    public KeyedFact deserialize(KeyedFact reuse, DataInputView in) throws IOException {
        return deserialize(in);
    }

    @Override
    public void copy(DataInputView in, DataOutputView out) throws IOException {
        serialize(deserialize(in), out);
    }

    @Override
    public TypeSerializerSnapshot<KeyedFact> snapshotConfiguration() {
        return new Snapshot();
    }
}
