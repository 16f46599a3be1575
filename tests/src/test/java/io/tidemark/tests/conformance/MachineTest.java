package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The pure machine answers what a real etcd answered. */
class MachineTest {
    private static List<Transcript> transcripts() throws IOException {
        return TranscriptFile.readAll(TranscriptFile.FOLDER).stream()
                .map(MachineTest::ofTheMachine)
                .filter(transcript -> !transcript.exchanges().isEmpty())
                .toList();
    }

    /** Programs whose state others make too, or whose requests do not come as far as the machine. */
    private static final Set<String> OF_OTHERS = Set.of("maintenance", "auth", "put/requestSizes");

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
    List<DynamicTest> answersWhatEtcdAnswered() throws IOException {
        return transcripts().stream()
                .map(transcript -> DynamicTest.dynamicTest(
                        transcript.name(),
                        () -> assertThat(Replay.differences(transcript, new MachineEndpoint()))
                                .isEmpty()))
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
