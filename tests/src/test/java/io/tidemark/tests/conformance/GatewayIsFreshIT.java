package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The committed answers of the JSON gateway, and what metrics tell of them, are those of a real etcd today. */
@Tag("peers")
class GatewayIsFreshIT {
    /** As of {@link TranscriptsAreFreshIT}, which has the other ones. */
    private static final String RECORD = System.getProperty("tidemark.transcripts.record", "");

    private static final boolean RECORDING =
            RECORD.equals("all") || (!RECORD.isEmpty() && "gateway/".startsWith(RECORD));

    @TestFactory
    Stream<DynamicTest> answersTheSame() {
        return GatewayCases.all().entrySet().stream()
                .map(program -> DynamicTest.dynamicTest(program.getKey(), () -> compare(program)));
    }

    @Test
    void metricsTellTheSame() throws IOException, InterruptedException {
        try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""))) {
            List<String> told = MetricsReading.asked(etcd.port());
            if (RECORDING) {
                MetricsReading.write(told);
            }
            assertThat(told).isEqualTo(MetricsReading.read());
        }
    }

    private static void compare(Map.Entry<String, List<String>> program) throws IOException, InterruptedException {
        try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""))) {
            List<String> answered = GatewayRecording.asked(etcd.port(), program.getValue());
            if (RECORDING) {
                GatewayRecording.write(program.getKey(), answered);
            }
            assertThat(answered)
                    .as("docs/internals/etcd-conformance.md says how to record again")
                    .containsExactlyElementsOf(GatewayRecording.read(program.getKey()));
        }
    }
}
