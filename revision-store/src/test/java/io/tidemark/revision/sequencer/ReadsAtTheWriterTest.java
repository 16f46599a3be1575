package io.tidemark.revision.sequencer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogUnavailableException;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.machine.Answer;
import io.tidemark.revision.machine.Asker;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.ImageSettings;
import io.tidemark.revision.store.View;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log with copies tells its end by a mark in it, which the node that writes has to apply before a read is served. */
class ReadsAtTheWriterTest {
    private static final LogEntryCodec CODEC = new LogEntryCodec("shop");
    private static final int READERS = 100;
    private static final int READS = 100_000;
    /** One that waits until another one comes is never served, as none comes. */
    private static final int PATIENCE_SECONDS = 60;

    private static final Command PUT =
            new Command.Put(Key.of(new byte[] {'a'}), new byte[] {'x'}, 0, false, false, false);

    @TempDir
    private Path folder;

    private final MarkedLog log = new MarkedLog(new MemoryLog(CODEC.key()));
    private final ExecutorService loops = Executors.newFixedThreadPool(2);
    private final LogEnds ends = LogEnds.together(log, READERS);
    private Image image;
    private Reads reads;
    private Sequencer sequencer;

    @BeforeEach
    void start() {
        image = Image.open(folder, ImageSettings.DEFAULT);
        reads = new Reads(ends, image, READERS);
        Tenure tenure = new Tenure(log, CODEC, image, new Machine(Limits.ETCD, 1), InstantSource.system());
        SequencerSettings settings = new SequencerSettings(READERS, READERS, 1 << 20, Duration.ofMillis(10));
        sequencer = new Sequencer(tenure, new LeaseTimes(), reads, new Place(Election.ALONE, ""), settings);
        reads.whenBehind(sequencer::look);
        sequencer.start();
    }

    @AfterEach
    void stop() {
        sequencer.close();
        ends.close();
        loops.close();
        image.close();
    }

    @Test
    void eachIsServedThoughNobodyWrites() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        CountDownLatch served = new CountDownLatch(READS);
        for (int i = 0; i < READERS; i++) {
            readOn(asked, served);
        }

        served.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(served.getCount()).as("reads that were not served").isZero();
    }

    /** One read after the other, until all have been asked for. */
    private void readOn(AtomicInteger asked, CountDownLatch served) {
        if (asked.incrementAndGet() <= READS) {
            read().thenRun(() -> {
                served.countDown();
                loops.execute(() -> readOn(asked, served));
            });
        }
    }

    /** What waits when a writer loses its place is not done, the sign to look among it. */
    @Test
    void isServedAlsoWhenTheWriterHadToTakeOverAnewBefore() throws Exception {
        await().until(sequencer::isWriting);
        log.hold();
        CompletableFuture<Failure> put = put();
        log.awaitHeld();
        CompletableFuture<Void> before = read();
        await().until(() -> sequencer.queued() == 1);
        log.loseWhatIsHeld();

        assertThat(put.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(Failure.TIMED_OUT);
        before.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        read().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** How it failed. */
    private CompletableFuture<Failure> put() {
        CompletableFuture<Failure> told = new CompletableFuture<>();
        sequencer.submit(PUT, Asker.STORE, new Reply() {
            @Override
            public void told(Answer answer) {
                told.completeExceptionally(new IllegalStateException("put: " + answer));
            }

            @Override
            public void refused(Refusal refusal) {
                told.completeExceptionally(new IllegalStateException("put: " + refusal));
            }

            @Override
            public void failed(Failure failure) {
                told.complete(failure);
            }
        });
        return told;
    }

    private CompletableFuture<Void> read() {
        CompletableFuture<Void> served = new CompletableFuture<>();
        reads.linearizable(
                new Reads.Reading() {
                    @Override
                    public void from(View view) {
                        view.close();
                        served.complete(null);
                    }

                    @Override
                    public void failed(Failure failure) {
                        served.completeExceptionally(new IllegalStateException("read: " + failure));
                    }
                },
                loops);
        return served;
    }

    /** Tells its end as one on a Kafka cluster does. */
    private static final class MarkedLog extends ForwardingLog {
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch lost = new CountDownLatch(1);
        private volatile boolean holds;

        MarkedLog(MemoryLog log) {
            super(log);
        }

        /** What is appended from now on stays on its way. */
        void hold() {
            holds = true;
        }

        void awaitHeld() throws InterruptedException {
            assertThat(held.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        }

        /** Nobody knows what became of it; what comes now is appended. */
        void loseWhatIsHeld() {
            holds = false;
            lost.countDown();
        }

        @Override
        public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
            if (!holds) {
                return super.append(values);
            }
            held.countDown();
            try {
                lost.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new AppendUnknownException("lost on purpose");
        }

        @Override
        public long end() throws LogUnavailableException {
            try {
                return super.append(List.of(CODEC.mark())) + 1;
            } catch (AppendRefusedException | AppendUnknownException e) {
                throw new LogUnavailableException("the log cannot be marked", e);
            }
        }
    }
}
