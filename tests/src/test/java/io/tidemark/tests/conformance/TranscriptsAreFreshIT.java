package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The committed transcripts are what a real etcd replies today. */
@Tag("peers")
class TranscriptsAreFreshIT {
    /** Beginning of the names of those that are recorded again; nothing is recorded without it. */
    private static final String RECORD = System.getProperty("tidemark.transcripts.record", "");

    @TestFactory
    Stream<DynamicTest> replaysWithoutDifference() throws IOException {
        String chosen = RECORD.equals("all") ? "" : RECORD;
        if (!RECORD.isEmpty()) {
            for (Program program : Programs.all()) {
                if (program.name().startsWith(chosen)) {
                    record(program);
                }
            }
        }
        List<Transcript> transcripts = TranscriptFile.readAll(TranscriptFile.FOLDER);
        assertThat(transcripts).isNotEmpty();
        return transcripts.stream()
                .filter(transcript -> transcript.name().startsWith(chosen))
                .map(transcript -> DynamicTest.dynamicTest(transcript.name(), () -> replay(transcript)));
    }

    private static void record(Program program) throws IOException {
        try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(program.name()))) {
            Transcript transcript = Transcript.record(program, etcd.endpoint());
            etcd.checkAlive();
            TranscriptFile.write(TranscriptFile.FOLDER, transcript);
        }
    }

    private static void replay(Transcript transcript) throws IOException {
        try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(transcript.name()))) {
            List<Difference> differences = Replay.differences(transcript, etcd.endpoint());
            etcd.checkAlive();
            assertThat(differences)
                    .as("docs/internals/etcd-conformance.md says how to record again")
                    .isEmpty();
        }
    }
}
