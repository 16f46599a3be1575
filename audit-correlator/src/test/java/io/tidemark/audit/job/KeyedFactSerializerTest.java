package io.tidemark.audit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Facts on their way from task to task, when there are several. */
class KeyedFactSerializerTest {
    private static final KeyedFactSerializer SERIALIZER = KeyedFactSerializer.INSTANCE;
    private static final KeyedFact FIRST = new KeyedFact("c//pods/ns/p", HeldFactsTest.evidence(1, 1), 42);
    /** Longer than what the JVM's own form of a text can be. */
    private static final KeyedFact SECOND =
            new KeyedFact("c//pods/ns/" + "q".repeat(70_000), HeldFactsTest.evidence(2, 2), 43);

    @Test
    void arriveAsTheyWereSentOneBehindTheOther() throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(both());
        assertThat(SERIALIZER.deserialize(in)).isEqualTo(FIRST);
        assertThat(SERIALIZER.deserialize(in)).isEqualTo(SECOND);
        assertThat(in.available()).isZero();
    }

    @Test
    void areCopiedByteForByte() throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(both());
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.copy(in, out);
        SERIALIZER.copy(in, out);
        assertThat(out.getCopyOfBuffer()).isEqualTo(both());
    }

    @Test
    void areReadAgainByWhatARestorePointNames() {
        assertThat(SERIALIZER.snapshotConfiguration().restoreSerializer()).isInstanceOf(KeyedFactSerializer.class);
    }

    private static byte[] both() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        SERIALIZER.serialize(FIRST, out);
        SERIALIZER.serialize(SECOND, out);
        return out.getCopyOfBuffer();
    }
}
