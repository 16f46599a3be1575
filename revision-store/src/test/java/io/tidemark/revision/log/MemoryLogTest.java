package io.tidemark.revision.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.revision.log.MemoryLog.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryLogTest extends TransactionLogContract {
    private final MemoryLog memory = new MemoryLog(KEY);

    @Override
    protected TransactionLog open() {
        return memory.again();
    }

    @Override
    protected void makeAnew() {
        memory.makeAnew();
    }

    @Override
    protected void deleteBefore(long offset) {
        memory.deleteBefore(offset);
    }

    private String shown() throws Exception {
        return String.join(
                " ",
                memory.read(memory.begin(), Integer.MAX_VALUE, Duration.ZERO).stream()
                        .map(record -> record.offset() + new String(record.value(), StandardCharsets.UTF_8))
                        .toList());
    }

    private void fail(Fault fault, String... texts) {
        memory.failNext(fault);
        assertThatExceptionOfType(AppendUnknownException.class).isThrownBy(() -> memory.append(values(texts)));
    }

    @Test
    void whatIsUnknownMayBeThereOrNot() throws Exception {
        memory.append(values("a"));
        fail(Fault.UNKNOWN_LOST, "b");
        assertThat(shown()).isEqualTo("0a");
        fail(Fault.UNKNOWN_LANDED, "c", "d");
        assertThat(shown()).isEqualTo("0a 1c 2d");

        memory.failNext(Fault.REFUSED);
        assertThatExceptionOfType(AppendRefusedException.class).isThrownBy(() -> memory.append(values("e")));
        assertThat(memory.append(List.of(values("f").getFirst()))).isEqualTo(3);
    }

    @Test
    void whatIsNotFlushedIsNotShownAndMayBeLost() throws Exception {
        fail(Fault.UNKNOWN_UNFLUSHED, "a");
        assertThat(shown()).isEmpty();
        memory.losePower();
        memory.append(values("b"));
        assertThat(shown()).isEqualTo("0b");

        fail(Fault.UNKNOWN_UNFLUSHED, "c");
        memory.append(values("d"));
        assertThat(shown()).isEqualTo("0b 1c 2d");
    }

    @Test
    void whatIsLateComesBehindWhatWasAppendedMeanwhile() throws Exception {
        fail(Fault.UNKNOWN_LATE, "a");
        memory.append(values("b"));
        assertThat(shown()).isEqualTo("0b");
        memory.landLate();
        assertThat(shown()).isEqualTo("0b 1a");
        memory.skip(2);
        memory.append(values("c"));
        assertThat(shown()).isEqualTo("0b 1a 4c");
    }

    @Test
    void aLogThatWasCutTellsWhoReadMore() throws Exception {
        memory.append(values("a", "b"));
        memory.cut(1);
        assertThatExceptionOfType(LogTruncatedException.class).isThrownBy(() -> memory.read(2, 100, Duration.ZERO));
    }
}
