package io.tidemark.audit.job;

import io.tidemark.schema.correlate.StoredFact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * A keyed fact on its way to another task: key, log time, then span id, fact, draft and parts as they are stored, each of
 * them preceded by its length.
 */
final class KeyedFactSerializer extends TypeSerializerSingleton<KeyedFact> {
    private static final long serialVersionUID = 1L;
    static final KeyedFactSerializer INSTANCE = new KeyedFactSerializer();

    /** Written into restore points, where elements under way can be. */
    public static final class Snapshot extends SimpleTypeSerializerSnapshot<KeyedFact> {
        /** Called by Flink when it reads a restore point. */
        public Snapshot() {
            super(() -> INSTANCE);
        }
    }

    @Override
    public void serialize(KeyedFact element, DataOutputView out) throws IOException {
        StoredFact fact = StateCodec.encode(element.evidence());
        out.writeUTF(element.key());
        out.writeLong(element.logMicros());
        out.writeLong(fact.getSpanId());
        write(fact.getFact(), out);
        write(fact.getDraft(), out);
        out.writeInt(fact.getParts().size());
        for (ByteBuffer part : fact.getParts()) {
            write(part, out);
        }
    }

    @Override
    public KeyedFact deserialize(DataInputView in) throws IOException {
        String key = in.readUTF();
        long logMicros = in.readLong();
        long spanId = in.readLong();
        ByteBuffer fact = read(in);
        ByteBuffer draft = read(in);
        int count = in.readInt();
        List<ByteBuffer> parts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            parts.add(read(in));
        }
        return new KeyedFact(key, StateCodec.decode(new StoredFact(spanId, fact, draft, parts)), logMicros);
    }

    private static void write(ByteBuffer bytes, DataOutputView out) throws IOException {
        out.writeInt(bytes.remaining());
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    private static ByteBuffer read(DataInputView in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return ByteBuffer.wrap(bytes);
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
