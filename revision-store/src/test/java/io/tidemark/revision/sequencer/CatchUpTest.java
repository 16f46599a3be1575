package io.tidemark.revision.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.materialize.Materializer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatchUpTest {
    private static final LogEntryCodec CODEC = new LogEntryCodec("shop");

    private final MemoryLog log = new MemoryLog(CODEC.key());
    private final MemoryProjection image = new MemoryProjection();

    @Test
    void whatStandsFromTheEndOnIsLeft() throws Exception {
        log.append(List.of(CODEC.mark(), CODEC.mark(), CODEC.mark()));
        Materializer materializer = new Materializer(log, CODEC, image);

        materializer.catchUp(2);
        assertThat(image.position().nextOffset()).isEqualTo(2);
        materializer.catchUp(3);
        assertThat(image.position().nextOffset()).isEqualTo(3);
    }

    @Test
    void anEndBehindAGapIsReached() throws Exception {
        log.append(List.of(CODEC.mark()));
        log.skip(3);
        log.append(List.of(CODEC.mark()));

        new Materializer(log, CODEC, image).catchUp(3);
        assertThat(image.position().nextOffset()).isEqualTo(3);
    }

    /** Marks of nodes that read come between what a writer has applied and its barrier. */
    @Test
    void aWriterTakesOverAtOnceWhateverStandsBeforeItsBarrier() throws Exception {
        Tenure tenure = tenure(new MarkedLog(log), image);

        assertThat(tenure.begin("here:1")).isEqualTo(1);
        assertThat(image.position().writer()).isEqualTo("here:1");
    }

    @Test
    void whatIsAppendedBehindAMarkIsApplied() throws Exception {
        Tenure tenure = tenure(new MarkedLog(log), image);
        tenure.begin("here:1");

        tenure.append(put(tenure));

        assertThat(image.revision()).isEqualTo(2);
        assertThat(image.position().nextOffset()).isEqualTo(log.end());
    }

    @Test
    void whatIsAppendedBehindTheBarrierOfAnotherWriterIsNotApplied() throws Exception {
        Tenure tenure = tenure(log, image);
        tenure.begin("here:1");
        Group group = put(tenure);
        MemoryProjection other = new MemoryProjection();
        tenure(log.again(), other).begin("there:1");

        assertThatExceptionOfType(AppendUnknownException.class).isThrownBy(() -> tenure.append(group));

        assertThat(tenure.isNewest()).isFalse();
        new Materializer(log, CODEC, image).catchUp(log.end());
        new Materializer(log, CODEC, other).catchUp(log.end());
        assertThat(image.revision()).isEqualTo(1).isEqualTo(other.revision());
    }

    private static Tenure tenure(TransactionLog log, MemoryProjection image) {
        return new Tenure(log, CODEC, image, new Machine(Limits.ETCD, 1), InstantSource.fixed(Instant.EPOCH));
    }

    /** A group of one. */
    private static Group put(Tenure tenure) {
        Group group = new Group(1 << 20);
        Command put = new Command.Put(Key.of(new byte[] {'a'}), new byte[] {'x'}, 0, false, false, false);
        assertThat(tenure.decide(new Submission(put, Asker.STORE, Reply.NOBODY), group))
                .isTrue();
        return group;
    }

    /** Somebody marks it before each append. */
    private static final class MarkedLog extends ForwardingLog {
        private final MemoryLog log;

        MarkedLog(MemoryLog log) {
            super(log);
            this.log = log;
        }

        @Override
        public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
            log.append(List.of(CODEC.mark()));
            return super.append(values);
        }
    }
}
