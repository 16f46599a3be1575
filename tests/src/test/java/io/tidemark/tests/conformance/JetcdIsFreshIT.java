package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What jetcd is said to have been told by a real etcd is what it is told today. */
@Tag("peers")
class JetcdIsFreshIT {
    /** As of {@link TranscriptsAreFreshIT}, which has the other ones. */
    private static final String RECORD = System.getProperty("tidemark.transcripts.record", "");

    @Test
    void isToldTheSame(@TempDir Path folder) throws Exception {
        try (EtcdProcess etcd = EtcdProcess.start(Programs.quota(""))) {
            List<String> told = JetcdRun.against(etcd.port(), folder);
            if (RECORD.equals("all") || RECORD.equals("jetcd")) {
                Files.createDirectories(JetcdRun.RECORDED.getParent());
                Files.writeString(JetcdRun.RECORDED, String.join("\n", told) + "\n");
            }
            assertThat(told)
                    .as("docs/internals/etcd-conformance.md says how to record again")
                    .containsExactlyElementsOf(JetcdRun.recorded());
        }
    }
}
