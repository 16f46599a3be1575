package io.tidemark.revision.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.revision.log.LogRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every topic of checkpoints holds to. A subclass gives an empty one before each test. */
public abstract class CheckpointTopicContract {
    protected static final byte[] KEY = new CheckpointCodec("shop").key();

    private CheckpointTopic topic;

    protected abstract CheckpointTopic open() throws Exception;

    @BeforeEach
    final void openTopic() throws Exception {
        topic = open();
    }

    @AfterEach
    final void closeTopic() {
        topic.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<String> texts(long from) throws CheckpointsUnavailableException {
        List<String> texts = new ArrayList<>();
        for (long offset = from; offset < topic.end(); ) {
            for (LogRecord record : topic.read(offset)) {
                assertThat(record.key()).isEqualTo(KEY);
                texts.add(record.offset() + new String(record.value(), StandardCharsets.UTF_8));
                offset = record.offset() + 1;
            }
        }
        return texts;
    }

    @Test
    void recordsAreReadFromAnyPlaceInTheirOrder() throws Exception {
        assertThat(topic.begin()).isEqualTo(topic.end());
        for (String text : List.of("a", "b", "c", "d", "e")) {
            assertThat(topic.append(bytes(text))).isEqualTo(topic.end() - 1);
        }

        assertThat(texts(0)).containsExactly("0a", "1b", "2c", "3d", "4e");
        assertThat(topic.read(4)).extracting(LogRecord::offset).containsExactly(4L);
        assertThat(texts(1)).containsExactly("1b", "2c", "3d", "4e");
        assertThat(topic.append(bytes("f"))).isEqualTo(5);
        assertThat(texts(3)).containsExactly("3d", "4e", "5f");
    }

    @Test
    void aRecordMayHaveAWholePart() throws Exception {
        byte[] large = new byte[FilePart.BYTES_MAX + 1_000];
        new Random(1).nextBytes(large);

        long offset = topic.append(large);

        assertThat(topic.read(offset).getFirst().value()).isEqualTo(large);
    }

    @Test
    void whatWasRemovedIsGoneAndOffsetsGoOn() throws Exception {
        for (String text : List.of("a", "b", "c", "d")) {
            topic.append(bytes(text));
        }
        topic.removeBefore(2);

        assertThat(topic.begin()).isEqualTo(2);
        assertThat(topic.end()).isEqualTo(4);
        assertThat(texts(2)).containsExactly("2c", "3d");
        assertThatExceptionOfType(CheckpointsUnavailableException.class).isThrownBy(() -> topic.read(1));
        topic.removeBefore(4);
        assertThat(topic.begin()).isEqualTo(4);
        assertThat(topic.append(bytes("e"))).isEqualTo(4);
        assertThat(texts(4)).containsExactly("4e");
    }
}
