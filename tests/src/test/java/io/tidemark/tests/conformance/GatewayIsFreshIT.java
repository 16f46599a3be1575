package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The committed answers of the JSON gateway are what that of a real etcd answers today. */
@Tag("peers")
class GatewayIsFreshIT {
    /** As of {@link TranscriptsAreFreshIT}, which has the other ones. */
    private static final String RECORD = System.getProperty("tidemark.transcripts.record", "");

    @TestFactory
    Stream<DynamicTest> answersTheSame() {
        return GatewayCases.all().entrySet().stream()
                .map(program -> DynamicTest.dynamicTest(program.getKey(), () -> compare(program)));
    }

    private static void compare(Map.Entry<String, List<String>> program) throws IOException, InterruptedException {
        try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""))) {
            List<String> answered = GatewayRecording.asked(etcd.port(), program.getValue());
            if (RECORD.equals("all") || "gateway/".startsWith(RECORD) && !RECORD.isEmpty()) {
                GatewayRecording.write(program.getKey(), answered);
            }
            assertThat(answered)
                    .as("docs/internals/etcd-conformance.md says how to record again")
                    .containsExactlyElementsOf(GatewayRecording.read(program.getKey()));
        }
    }
}
