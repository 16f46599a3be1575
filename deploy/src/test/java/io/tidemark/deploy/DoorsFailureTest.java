package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the audit doors' files and bounds is told in one line, before anything is started. */
class DoorsFailureTest {
    @TempDir
    private Path temp;

    private Path data;

    @BeforeEach
    void install() throws IOException {
        data = temp.resolve("data");
        Files.createDirectories(temp.resolve("lib-correlator"));
        Files.createFile(temp.resolve("lib-correlator").resolve("correlator.jar"));
        System.setProperty("tidemark.home", temp.toString());
    }

    @AfterEach
    void forgetInstallation() {
        System.clearProperty("tidemark.home");
    }

    @Test
    void namesThePositionFileThatIsDamaged() throws IOException {
        Path positions = Files.createDirectories(data.resolve("doors")).resolve("files.json");
        Files.writeString(positions, "{\"shop=/var/log/audit.log\":{\"off");
        assertTold(positions + " cannot be read; delete it to read the files from their beginning");
    }

    @Test
    void namesTheTokenFileThatIsEmpty() throws IOException {
        Path token = Files.createFile(temp.resolve("token"));
        assertTold(token + " is empty: put a token into it", "--set", "audit.door.token.file=" + token);
    }

    @Test
    void namesTheBoundThatDoesNotHoldOneBody() {
        assertTold(
                "audit.limit.in-flight.bytes (1048576) and audit.limit.buffer.bytes (67108864) must each hold one whole"
                        + " body (audit.limit.body.bytes, 20971520)",
                "--set",
                "audit.limit.in-flight.bytes=1MiB");
    }

    private void assertTold(String what, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "up",
                "--data",
                data.toString(),
                "--set",
                "kafka.bootstrap.servers=127.0.0.1:1",
                "--set",
                "http.port=0"));
        arguments.addAll(List.of(more));
        StringWriter err = new StringWriter();
        int code =
                TidemarkMain.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
        assertThat(code).isEqualTo(ExitCode.FAILED);
        assertThat(err.toString().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("tidemark: the audit doors cannot be opened: ")
                .contains(what);
    }
}
