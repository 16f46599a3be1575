package io.tidemark.audit.job;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.tidemark.audit.fact.Evidence;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.correlate.Fact;
import io.tidemark.schema.correlate.FactChunk;
import io.tidemark.schema.correlate.KeyState;
import io.tidemark.schema.correlate.StoredFact;
import io.tidemark.schema.correlate.TimelineState;
import io.tidemark.topic.AvroBinary;
import io.tidemark.topic.Serdes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The correlator's records as bytes. Between tasks: Avro binary. In Flink's state: one format byte, then Avro binary as a
 * zstd frame. Another format byte than ours means state of another version; the job then refuses it
 * and is started afresh from the log.
 *
 * <p>Confined to one thread, apart from the facts' side.
 */
final class StateCodec {
    private static final byte FORMAT = 3;
    private static final int LEVEL = 1;
    private static final ThreadLocal<AvroBinary<Fact>> FACTS =
            ThreadLocal.withInitial(() -> new AvroBinary<>(Fact.SCHEMA$));

    private final AvroBinary<TimelineState> timelines = new AvroBinary<>(TimelineState.SCHEMA$);
    private final AvroBinary<KeyState> keys = new AvroBinary<>(KeyState.SCHEMA$);
    private final AvroBinary<FactChunk> chunks = new AvroBinary<>(FactChunk.SCHEMA$);
    private final ZstdCompressCtx compress = new ZstdCompressCtx().setLevel(LEVEL);
    private final ZstdDecompressCtx decompress = new ZstdDecompressCtx();
    private byte[] scratch = new byte[0];

    static StoredFact encode(Evidence evidence) {
        return new StoredFact(
                evidence.fact().getSpanId(),
                ByteBuffer.wrap(FACTS.get().encode(evidence.fact())),
                encode(evidence.draft()),
                evidence.parts().stream().map(StateCodec::encode).toList());
    }

    static Evidence decode(StoredFact stored) {
        return new Evidence(
                FACTS.get().decode(AvroBinary.bytes(stored.getFact())),
                decodeSpan(stored.getDraft()),
                stored.getParts().stream().map(StateCodec::decodeSpan).toList());
    }

    private static ByteBuffer encode(Span span) {
        return ByteBuffer.wrap(Serdes.AUDIT_SPAN.encode(span));
    }

    private static Span decodeSpan(ByteBuffer bytes) {
        return Serdes.AUDIT_SPAN.decode(AvroBinary.bytes(bytes));
    }

    byte[] encode(TimelineState state) {
        return timelines.encode(state);
    }

    TimelineState decodeTimeline(byte[] bytes) {
        return timelines.decode(bytes);
    }

    byte[] pack(KeyState state) {
        return pack(keys.view(state));
    }

    KeyState unpackKey(byte[] packed) {
        return keys.decode(unpack(packed));
    }

    byte[] pack(FactChunk chunk) {
        return pack(chunks.view(chunk));
    }

    FactChunk unpackChunk(byte[] packed) {
        return chunks.decode(unpack(packed));
    }

    private byte[] pack(ByteBuffer bytes) {
        int most = 1 + (int) Zstd.compressBound(bytes.remaining());
        if (scratch.length < most) {
            scratch = new byte[Math.max(most, 2 * scratch.length)];
        }
        scratch[0] = FORMAT;
        int size = compress.compressByteArray(
                scratch, 1, scratch.length - 1, bytes.array(), bytes.arrayOffset(), bytes.remaining());
        return Arrays.copyOf(scratch, 1 + size);
    }

    private byte[] unpack(byte[] packed) {
        if (packed.length == 0 || packed[0] != FORMAT) {
            throw new IllegalStateException("correlator state: expected format " + FORMAT + ", found "
                    + (packed.length == 0 ? "nothing" : packed[0]));
        }
        int size = (int) Zstd.getFrameContentSize(packed, 1, packed.length - 1);
        return decompress.decompress(packed, 1, packed.length - 1, size);
    }

    void close() {
        compress.close();
        decompress.close();
    }
}
