package io.tidemark.revision.checkpoint;

import static io.tidemark.revision.checkpoint.CheckpointScene.flipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.checkpoint.ImageRecovery.Cause;
import io.tidemark.revision.checkpoint.ImageRecovery.Source;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.store.ImageUnusableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint counts when it is whole and was read back, and makes the same keyspace as the log; else it is as if it were not there. */
class CheckpointsTest {
    @TempDir
    private Path temp;

    private CheckpointScene scene;

    @BeforeEach
    void begin() throws Exception {
        scene = new CheckpointScene(temp, 1);
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void whatIsRestoredIsWhatTheLogSaysAlsoWhenItIsWrittenMeanwhile(long seed) throws Exception {
        scene.close();
        scene = new CheckpointScene(temp.resolve(String.valueOf(seed)), seed);
        scene.topic.whenAppended(() -> {
            try {
                scene.write(20);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        long before = scene.image.position().nextOffset();

        Manifest taken = scene.take();
        scene.write(100);
        scene.lose();

        assertThat(taken.point().nextOffset()).isEqualTo(before);
        assertThat(scene.image.position().nextOffset()).isEqualTo(before);
        assertThat(scene.image.revision()).isEqualTo(taken.point().revision());
        scene.assertMade(Cause.ABSENT, Source.CHECKPOINT);
        scene.assertTold();
    }

    @Test
    void aFileOfManyPartsComesBackAsItWas() throws Exception {
        byte[] large = new byte[2 * FilePart.BYTES_MAX + 17];
        new Random(7).nextBytes(large);
        scene.keyspace.put("large", large);
        scene.keyspace.catchUp(scene.image);

        Manifest taken = scene.take();
        scene.lose();

        assertThat(taken.parts()).isGreaterThan(taken.files().size());
        scene.assertMade(Cause.ABSENT, Source.CHECKPOINT);
        scene.assertTold();
    }

    @Test
    void oneThatWasGivenUpDoesNotCount() throws Exception {
        Manifest first = scene.take();
        long parts = first.parts();
        for (long after = 0; after <= parts; after++) {
            scene.write(30);
            scene.topic.failAfter(after);
            assertThatExceptionOfType(CheckpointsUnavailableException.class).isThrownBy(scene::take);
            scene.topic.failAfter(Long.MAX_VALUE);

            scene.lose();
            assertThat(scene.image.position().nextOffset())
                    .isEqualTo(first.point().nextOffset());
            scene.keyspace.catchUp(scene.image);
        }
        scene.assertTold();
    }

    @Test
    void oneThatIsNotReadBackAsItWasWrittenIsNotClosed() throws Exception {
        scene.topic.whenRead(value -> flipped(value, value.length / 2));
        assertThatThrownBy(scene::take).isInstanceOf(DamagedCheckpointException.class);
        scene.topic.whenRead(value -> value);

        assertThat(new Checkpoints(scene.topic, scene.codec).newest(4)).isEmpty();
        scene.lose();
        scene.assertMade(Cause.ABSENT, Source.LOG);
        scene.assertTold();
    }

    /** Each of its records in turn, the closing one as well: the one before is restored instead. */
    @Test
    void aFlippedBitAnywhereMakesItOfNoUse() throws Exception {
        Manifest first = scene.take();
        scene.write(50);
        Manifest second = scene.take();
        for (long offset = second.firstRecord(); offset <= second.firstRecord() + second.parts(); offset++) {
            int at = scene.topic.read(offset).getFirst().value().length * 3 / 4;
            scene.topic.change(offset, value -> flipped(value, at));

            scene.assertRestored(first);
            scene.topic.change(offset, value -> flipped(value, at));
        }
        scene.assertRestored(second);
    }

    @Test
    void aMissingRecordMakesItOfNoUse() throws Exception {
        Manifest first = scene.take();
        scene.write(50);
        Manifest second = scene.take();
        scene.topic.lose(second.firstRecord() + 1);

        scene.assertRestored(first);
    }

    /** Its own checksum is right: only the hash of the whole file tells. */
    @Test
    void aPartWithOtherBytesMakesItOfNoUse() throws Exception {
        Manifest first = scene.take();
        scene.write(50);
        Manifest second = scene.take();
        scene.topic.change(second.firstRecord() + second.parts() - 1, this::withOtherBytes);

        scene.assertRestored(first);
    }

    private byte[] withOtherBytes(byte[] value) {
        try {
            CheckpointRecord read = scene.codec.decode(new LogRecord(0, scene.codec.key(), value));
            FilePart part = (FilePart) read.content();
            byte[] other = flipped(part.bytes(), part.bytes().length / 2);
            return scene.codec.encode(new CheckpointRecord(
                    read.checkpoint(), read.number(), new FilePart(part.file(), part.offset(), other)));
        } catch (DamagedCheckpointException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void withoutAGoodOneTheLogAloneIsEnough() throws Exception {
        scene.take();
        scene.write(50);
        scene.take();
        for (long offset = scene.topic.begin(); offset < scene.topic.end(); offset++) {
            scene.topic.change(offset, value -> flipped(value, value.length / 2));
        }
        scene.lose();

        scene.assertMade(Cause.ABSENT, Source.LOG);
        scene.assertTold();
    }

    @Test
    void ofAnImageWithAFlippedBitNoneIsTaken() throws Exception {
        scene.image.files().flush();
        Path table = scene.tables().getFirst();
        Files.write(table, flipped(Files.readAllBytes(table), 3));

        assertThatExceptionOfType(ImageUnusableException.class)
                .isThrownBy(scene::take)
                .matches(ImageUnusableException::canBeMadeAgain);
        assertThat(scene.topic.end()).isZero();
    }

    @Test
    void theNewestTwoAreKeptAndNothingIsTakenWhenNothingHappened() throws Exception {
        List<Manifest> taken = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            scene.write(30);
            taken.add(scene.take());
            long end = scene.topic.end();
            assertThat(scene.take()).isEqualTo(taken.getLast());
            assertThat(scene.topic.end()).isEqualTo(end);
        }

        assertThat(new Checkpoints(scene.topic, scene.codec).newest(4)).containsExactly(taken.get(3), taken.get(2));
        assertThat(scene.topic.begin()).isEqualTo(taken.get(2).firstRecord());
    }

    @Test
    void oneIsTakenWhenThereIsEnoughToApplyBehindTheNewest() throws Exception {
        long applied = Math.max(scene.image.position().nextOffset(), scene.image.revision());
        assertThat(scene.takeAfter(applied + 1)).isEmpty();
        Manifest first = scene.takeAfter(applied).orElseThrow();

        scene.write(30);
        long behind = Math.max(
                scene.image.position().nextOffset() - first.point().nextOffset(),
                scene.image.revision() - first.point().revision());
        assertThat(scene.takeAfter(behind + 1)).contains(first);
        assertThat(scene.takeAfter(behind)).isPresent().get().isNotEqualTo(first);
    }

    @Test
    void whoWritesNoMoreGivesItUp() {
        assertThatExceptionOfType(CheckpointsUnavailableException.class)
                .isThrownBy(() -> scene.checkpointer(false).take());

        assertThat(scene.topic.end()).isZero();
    }
}
