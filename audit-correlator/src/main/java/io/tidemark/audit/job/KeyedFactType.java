package io.tidemark.audit.job;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink how {@link KeyedFact} goes from task to task. */
final class KeyedFactType extends TypeInformation<KeyedFact> {
    private static final long serialVersionUID = 1L;
    static final KeyedFactType INSTANCE = new KeyedFactType();

    private KeyedFactType() {}

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<KeyedFact> getTypeClass() {
        return KeyedFact.class;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public TypeSerializer<KeyedFact> createSerializer(SerializerConfig config) {
        return KeyedFactSerializer.INSTANCE;
    }

    @Override
    public String toString() {
        return KeyedFact.class.getSimpleName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyedFactType;
    }

    @Override
    public int hashCode() {
        return KeyedFactType.class.hashCode();
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof KeyedFactType;
    }
}
