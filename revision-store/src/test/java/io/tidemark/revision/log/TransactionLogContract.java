package io.tidemark.revision.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log holds to. A subclass gives an empty log before each test. */
public abstract class TransactionLogContract {
    protected static final LogEntryCodec CODEC = new LogEntryCodec("shop");
    protected static final byte[] KEY = CODEC.key();

    private static final int MUCH = 1 << 24;
    private static final Duration NOT_AT_ALL = Duration.ZERO;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<TransactionLog> opened = new ArrayList<>();
    private TransactionLog log;

    /** A handle on the log of this test, which is empty at first; handles share what is in it. */
    protected abstract TransactionLog open() throws Exception;

    /** Puts an empty log in the place of the one there is. */
    protected abstract void makeAnew() throws Exception;

    /** Deletes the records before an offset. */
    protected abstract void deleteBefore(long offset) throws Exception;

    @BeforeEach
    final void openLog() throws Exception {
        log = another();
    }

    @AfterEach
    final void closeLogs() {
        opened.forEach(TransactionLog::close);
    }

    private TransactionLog another() throws Exception {
        TransactionLog handle = open();
        opened.add(handle);
        return handle;
    }

    @Test
    void anEmptyLogBeginsWhereItEnds() throws Exception {
        assertThat(log.begin()).isEqualTo(log.end());
        assertThat(log.read(log.begin(), MUCH, NOT_AT_ALL)).isEmpty();
        assertThat(log.read(log.begin(), MUCH, Duration.ofMillis(20))).isEmpty();
    }

    @Test
    void recordsAreReadAsTheyWereAppendedAndInThatOrder() throws Exception {
        long first = log.append(values("a"));
        long second = log.append(values("b", "c", "d"));
        long third = log.append(values("e"));

        List<LogRecord> records = all(log, log.begin());
        assertThat(texts(records)).containsExactly("a", "b", "c", "d", "e");
        assertThat(offsets(records)).containsExactly(first, second, second + 1, second + 2, third);
        assertThat(records).allSatisfy(record -> assertThat(record.key()).isEqualTo(KEY));
        assertThat(log.begin()).isEqualTo(first);
        assertThat(log.end()).isGreaterThan(third);
    }

    @Test
    void everyOffsetCanBeReadFromAlsoInTheMiddleOfAGroup() throws Exception {
        log.append(values("a", "b"));
        long group = log.append(values("c", "d", "e"));

        assertThat(texts(log.read(group + 1, MUCH, LONG)).getFirst()).isEqualTo("d");
        assertThat(texts(all(log, group + 1))).containsExactly("d", "e");
        assertThat(log.read(log.end(), MUCH, NOT_AT_ALL)).isEmpty();
    }

    @Test
    void noMoreBytesAreReadThanAskedForExceptForOneLargeRecord() throws Exception {
        log.append(List.of(new byte[1_000], new byte[1_000], new byte[5_000], new byte[1_000]));

        List<List<Integer>> sizes = new ArrayList<>();
        long next = log.begin();
        while (next < log.end()) {
            List<LogRecord> page = log.read(next, 2_500, LONG);
            sizes.add(page.stream().map(record -> record.value().length).toList());
            next = page.getLast().offset() + 1;
        }
        assertThat(sizes.stream().flatMap(List::stream)).containsExactly(1_000, 1_000, 5_000, 1_000);
        assertThat(sizes)
                .allSatisfy(page -> assertThat(page.size() == 1
                                || page.stream().mapToInt(i -> i).sum() <= 2_500)
                        .isTrue());
    }

    @Test
    void whoWaitsAtTheEndIsGivenWhatComes() throws Exception {
        log.append(values("a"));
        long end = log.end();
        TransactionLog reader = another();
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<List<LogRecord>> waiting = threads.submit(() -> reader.read(end, MUCH, LONG));
            log.append(values("b", "c"));

            assertThat(texts(waiting.get(60, TimeUnit.SECONDS)).getFirst()).isEqualTo("b");
        }
    }

    @Test
    void theEndLiesBehindAllThatWasAnswered() throws Exception {
        TransactionLog other = another();
        for (int i = 0; i < 50; i++) {
            long offset = log.append(values("a" + i, "b" + i));

            assertThat(other.end()).isGreaterThan(offset + 1);
            assertThat(texts(other.read(offset, MUCH, NOT_AT_ALL)).getFirst()).isEqualTo("a" + i);
        }
    }

    @Test
    void whatIsReadWhileOthersAppendHasNoGapAndNothingTwice() throws Exception {
        int groups = 200;
        TransactionLog reader = another();
        CompletableFuture<List<LogRecord>> reading = CompletableFuture.supplyAsync(() -> {
            try {
                return read(reader, groups * 3);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            List<byte[]> group = values(i + "a", i + "b", i + "c");
            log.append(group);
            group.forEach(value -> expected.add(new String(value, StandardCharsets.UTF_8)));
        }

        assertThat(texts(reading.get(60, TimeUnit.SECONDS))).isEqualTo(expected);
    }

    private static List<LogRecord> read(TransactionLog log, int count) throws Exception {
        List<LogRecord> records = new ArrayList<>();
        long next = log.begin();
        while (records.size() < count) {
            List<LogRecord> page = log.read(next, 40, LONG);
            records.addAll(page);
            next = page.isEmpty() ? next : page.getLast().offset() + 1;
        }
        return records;
    }

    @Test
    void theLargestValueIsTakenAndAByteMoreIsNot() throws Exception {
        byte[] largest = new byte[AppendSize.VALUE_BYTES_MAX];
        new Random(1).nextBytes(largest);
        long offset = log.append(List.of(largest));

        assertThat(log.read(offset, 1, LONG))
                .singleElement()
                .satisfies(record ->
                        assertThat(Arrays.equals(record.value(), largest)).isTrue());
        assertThatExceptionOfType(AppendRefusedException.class)
                .isThrownBy(() -> log.append(List.of(new byte[AppendSize.VALUE_BYTES_MAX + 1])));
        assertThat(log.append(values("after"))).isEqualTo(offset + 1);
    }

    @Test
    void theLargestGroupIsTakenAndAByteMoreIsNot() throws Exception {
        int each = AppendSize.GROUP_BYTES_MAX / 64 - AppendSize.RECORD_BYTES;
        List<byte[]> largest = new ArrayList<>(
                IntStream.range(0, 64).mapToObj(i -> new byte[each]).toList());
        long offset = log.append(largest);
        assertThat(all(log, offset)).hasSize(64);

        largest.set(0, new byte[each + 1]);
        assertThatExceptionOfType(AppendRefusedException.class).isThrownBy(() -> log.append(largest));
        assertThat(all(log, offset)).hasSize(64);
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> log.append(List.of(new byte[0])));
    }

    @Test
    void anOffsetThatTheLogDoesNotHoldIsNeverReadAsIfItDid() throws Exception {
        log.append(values("a", "b", "c"));
        assertThatExceptionOfType(LogTruncatedException.class)
                .isThrownBy(() -> log.read(log.end() + 1, MUCH, Duration.ofSeconds(5)));

        long third = log.begin() + 2;
        deleteBefore(third);

        TransactionLog later = another();
        assertThat(later.begin()).isEqualTo(third);
        assertThat(texts(all(later, third))).containsExactly("c");
        assertThatExceptionOfType(LogTruncatedException.class)
                .isThrownBy(() -> later.read(third - 1, MUCH, Duration.ofSeconds(5)));
    }

    @Test
    void aLogThatWasMadeAnewIsAnotherOne() throws Exception {
        String identity = log.identity();
        assertThat(another().identity()).isEqualTo(identity);
        log.append(values("a", "b"));
        long end = log.end();

        makeAnew();
        TransactionLog next = another();
        assertThat(next.identity()).isNotEqualTo(identity);
        next.append(values("c", "d", "e"));

        assertThatExceptionOfType(LogTruncatedException.class)
                .isThrownBy(() -> log.read(end, MUCH, Duration.ofSeconds(5)));
        assertThat(failure(() -> log.append(values("f"))))
                .isInstanceOfAny(AppendRefusedException.class, AppendUnknownException.class);
        assertThat(failure(log::end)).isInstanceOf(LogUnavailableException.class);
    }

    @Test
    void closingEndsWhoeverWaits() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(1)) {
            Future<Throwable> waiting =
                    threads.submit(() -> failure(() -> log.read(log.end(), MUCH, Duration.ofMinutes(10))));
            log.close();

            assertThat(waiting.get(60, TimeUnit.SECONDS)).isInstanceOf(LogUnavailableException.class);
        }
        assertThat(failure(() -> log.append(values("a")))).isInstanceOf(AppendRefusedException.class);
        assertThat(failure(log::end)).isInstanceOf(LogUnavailableException.class);
        log.close();
    }

    private interface Action {
        Object run() throws Exception;
    }

    private static Throwable failure(Action action) {
        try {
            return new AssertionError("no failure, but " + action.run());
        } catch (Exception e) {
            return e;
        }
    }

    private static List<LogRecord> all(TransactionLog log, long from) throws Exception {
        List<LogRecord> records = new ArrayList<>();
        long next = from;
        while (next < log.end()) {
            records.addAll(log.read(next, MUCH, LONG));
            next = records.getLast().offset() + 1;
        }
        return records;
    }

    protected static List<byte[]> values(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static List<String> texts(List<LogRecord> records) {
        return records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<Long> offsets(List<LogRecord> records) {
        return records.stream().map(LogRecord::offset).toList();
    }
}
