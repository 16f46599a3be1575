package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.AuditItem;
import io.tidemark.ingest.audit.ReadItem;
import io.tidemark.ingest.audit.RejectReason;
import io.tidemark.ingest.audit.RejectedItem;
import io.tidemark.schema.audit.AuditDoor;
import io.tidemark.schema.audit.AuditReject;
import io.tidemark.schema.audit.RejectDoor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines of one file or upload in order, and tells how far they are durable. While one batch is on its way,
 * the next is read; a full or failing log makes the caller wait. Belongs to one thread.
 */
final class LineIntake {
    /** Learns that everything before an offset is durable. */
    interface Confirmed {
        void upTo(long offset, int accepted, List<RejectedItem> rejected);
    }

    private static final int BATCH_LINES = 500;
    private static final long BATCH_BYTES = 1_000_000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final AuditIntake intake;
    private final String cluster;
    private final AuditDoor door;
    private final int attempts;
    private final Confirmed confirmed;
    private List<LogBatch.Entry> events = new ArrayList<>();
    private List<RejectedItem> rejected = new ArrayList<>();
    private long bytes;
    private long end;
    private @Nullable Sent sent;

    private record Sent(LogBatch batch, List<RejectedItem> rejected, long end, CompletableFuture<Integer> outcome) {}

    /**
     * Opens.
     *
     * @param attempts how often a batch is tried before the failure is thrown
     */
    LineIntake(AuditIntake intake, String cluster, AuditDoor door, int attempts, Confirmed confirmed) {
        this.intake = intake;
        this.cluster = cluster;
        this.door = door;
        this.attempts = attempts;
        this.confirmed = confirmed;
    }

    /** Takes a line; may wait for earlier ones. */
    void add(LineReader.Line line) throws InterruptedException {
        end = line.end();
        if (!line.isBlank()) {
            Instant now = intake.now();
            switch (read(line, now)) {
                case AuditItem item -> events.add(intake.entry(cluster, door, item, now));
                case RejectedItem item -> rejected.add(at(line, item));
            }
            bytes += line.text().length();
        }
        if (events.size() + rejected.size() >= BATCH_LINES || bytes >= BATCH_BYTES) {
            send();
        }
    }

    /** Returns when every line so far is durable. */
    void flush() throws InterruptedException {
        send();
        await();
    }

    private ReadItem read(LineReader.Line line, Instant now) {
        if (line.isCut()) {
            String message = "the line has " + line.sizeBytes() + " bytes, the limit is "
                    + line.text().length() + ". " + RejectReason.TOO_LARGE.advice();
            return new RejectedItem(
                    null, RejectReason.TOO_LARGE, message, "", (int) Math.min(line.sizeBytes(), Integer.MAX_VALUE));
        }
        return intake.readLine(line.text(), now);
    }

    private static RejectedItem at(LineReader.Line line, RejectedItem item) {
        return new RejectedItem(
                item.auditId(), item.reason(), item.message(), "line " + line.number(), item.sizeBytes());
    }

    private void send() throws InterruptedException {
        await();
        if (events.isEmpty() && rejected.isEmpty()) {
            return;
        }
        Instant now = intake.now();
        RejectDoor rejectDoor = RejectDoor.valueOf(door.name());
        List<AuditReject> rejects = rejected.stream()
                .map(item -> AuditIntake.reject(cluster, rejectDoor, item, now))
                .toList();
        LogBatch batch = new LogBatch(events, rejects);
        sent = new Sent(batch, rejected, end, intake.append(batch, door));
        events = new ArrayList<>();
        rejected = new ArrayList<>();
        bytes = 0;
    }

    private void await() throws InterruptedException {
        Sent waiting = sent;
        if (waiting == null) {
            return;
        }
        CompletableFuture<Integer> outcome = waiting.outcome();
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                int refused = outcome.get();
                sent = null;
                confirmed.upTo(waiting.end(), waiting.batch().events().size() - refused, waiting.rejected());
                return;
            } catch (ExecutionException e) {
                if (attempt >= attempts || !isWorthRetrying(e.getCause())) {
                    throw new AppendFailedException(
                            "the log did not take a batch in " + attempt + " attempts: " + why(e.getCause()), e);
                }
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            outcome = intake.append(waiting.batch(), door);
        }
    }

    private static String why(@Nullable Throwable failure) {
        return failure == null ? "" : String.valueOf(failure.getMessage());
    }

    private static boolean isWorthRetrying(@Nullable Throwable failure) {
        return failure instanceof OverloadedException || failure instanceof AppendFailedException;
    }
}
