package io.tidemark.revision.sequencer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageSettings;
import io.tidemark.revision.store.View;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with copies tells its end by a mark in it, which the node that writes has to apply before a read is served. */
class ReadsAtTheWriterTest {
    private static final LogEntryCodec CODEC = new LogEntryCodec("shop");
    private static final int READERS = 100;
    private static final int READS = 100_000;
    /** Of all reads; one that waits until another one comes is never served, as none comes. */
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch served = new CountDownLatch(READS);
    private final AtomicInteger failed = new AtomicInteger();

    @Test
    void eachIsServedThoughNobodyWrites() throws Exception {
        MarkedLog log = new MarkedLog(new MemoryLog(CODEC.key()));
        try (Image image = Image.open(folder, ImageSettings.DEFAULT);
                LogEnds ends = LogEnds.together(log, READERS);
                ExecutorService loops = Executors.newFixedThreadPool(2)) {
            Reads reads = new Reads(ends, image, READERS);
            Tenure tenure = new Tenure(log, CODEC, image, new Machine(Limits.ETCD, 1), InstantSource.system());
            SequencerSettings settings = new SequencerSettings(READERS, READERS, 1 << 20, Duration.ofMillis(10));
            Sequencer sequencer =
                    new Sequencer(tenure, new LeaseTimes(), reads, new Place(Election.ALONE, ""), settings);
            reads.whenBehind(sequencer::look);
            sequencer.start();
            try (sequencer) {
                for (int i = 0; i < READERS; i++) {
                    next(reads, loops);
                }
                served.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(served.getCount()).as("reads that were not served").isZero();
            }
        }
        assertThat(failed).hasValue(0);
    }

    private void next(Reads reads, ExecutorService loops) {
        if (asked.incrementAndGet() > READS) {
            return;
        }
        reads.linearizable(
                new Reads.Reading() {
                    @Override
                    public void from(View view) {
                        view.close();
                        served.countDown();
                        loops.execute(() -> next(reads, loops));
                    }

                    @Override
                    public void failed(Failure failure) {
                        failed.incrementAndGet();
                        served.countDown();
                    }
                },
                loops);
    }

    /** Tells its end as one on a Kafka cluster does. */
    private static final class MarkedLog extends ForwardingLog {
        MarkedLog(MemoryLog log) {
            super(log);
        }

        @Override
        public long end() throws LogUnavailableException {
            try {
                return append(List.of(CODEC.mark())) + 1;
            } catch (AppendRefusedException | AppendUnknownException e) {
                throw new LogUnavailableException("the log cannot be marked", e);
            }
        }
    }
}
