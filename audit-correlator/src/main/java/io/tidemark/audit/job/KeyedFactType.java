package io.tidemark.audit.job;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;

/** Tells Flink how {@link KeyedFact}, of which it knows nothing else, goes from task to task. */
final class KeyedFactType extends GenericTypeInfo<KeyedFact> {
    private static final long serialVersionUID = 1L;
    static final KeyedFactType INSTANCE = new KeyedFactType();

    private KeyedFactType() {
        super(KeyedFact.class);
    }

    @Override
    public TypeSerializer<KeyedFact> createSerializer(SerializerConfig config) {
        return KeyedFactSerializer.INSTANCE;
    }
}
