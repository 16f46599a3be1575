package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The pure machine answers what a real etcd answered, on a keyspace in memory and on one on disk. */
class MachineTest {
    private static List<Transcript> transcripts() throws IOException {
        return TranscriptFile.readAll(TranscriptFile.FOLDER).stream()
                .map(MachineTest::ofTheMachine)
                .filter(transcript -> !transcript.exchanges().isEmpty())
                .toList();
    }

    /** Programs whose state others make too, or whose requests do not come as far as the machine. */
    private static final Set<String> OF_OTHERS =
            Set.of("maintenance", "quota", "auth", "lock", "election", "put/requestSizes");

    /** Without what is not the machine's to answer and changes nothing. */
    private static Transcript ofTheMachine(Transcript transcript) {
        List<Exchange> exchanges = transcript.exchanges().stream()
                .filter(exchange -> MachineEndpoint.METHODS.contains(
                        exchange.call().method().path()))
                .toList();
        boolean ofOthers = OF_OTHERS.stream().anyMatch(transcript.name()::startsWith);
        return new Transcript(transcript.name(), transcript.shows(), ofOthers ? List.of() : exchanges);
    }

    @TestFactory
    List<DynamicTest> inMemoryAnswersWhatEtcdAnswered() throws IOException {
        return answersWhatEtcdAnswered(MemoryKept::new);
    }

    /** Lists by the bytes that it keeps, all else through the machine. */
    @TestFactory
    List<DynamicTest> onDiskAnswersWhatEtcdAnswered(@TempDir Path folder) throws IOException {
        AtomicInteger images = new AtomicInteger();
        return answersWhatEtcdAnswered(() -> new ImageKept(folder.resolve(String.valueOf(images.incrementAndGet()))));
    }

    private static List<DynamicTest> answersWhatEtcdAnswered(Supplier<MachineEndpoint.Kept> fresh) throws IOException {
        return transcripts().stream()
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> {
                    try (MachineEndpoint.Kept kept = fresh.get()) {
                        assertThat(Replay.differences(transcript, new MachineEndpoint(kept)))
                                .isEmpty();
                    }
                }))
                .toList();
    }

    @Test
    void mostOfWhatWasRecordedIsTheMachines() throws IOException {
        int requests = transcripts().stream()
                .mapToInt(transcript -> transcript.exchanges().size())
                .sum();

        assertThat(requests).isGreaterThan(12_000);
    }
}
