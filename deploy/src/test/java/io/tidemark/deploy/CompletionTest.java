package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The completion script in a real bash; only compopt is not there, which needs a prompt. */
class CompletionTest {
    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        "tidemark tr, trace",
        "tidemark c, compaction config completion",
        "tidemark get --keys, --keys-only",
        "tidemark trace --vi, --view",
        "tidemark search --audit, --audit-id",
        "tidemark trace -o y, yaml",
        "tidemark config ex, explain"
    })
    void completesWhatIsBegun(String line, String expected) throws Exception {
        StringWriter script = new StringWriter();
        CommandLine tidemark = TidemarkMain.commandLine().setOut(new PrintWriter(script, true));
        assertThat(tidemark.execute("completion", "bash")).isZero();
        Files.writeString(temp.resolve("completion"), script.toString());
        String words = line.substring(0, line.lastIndexOf(' '));
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "compopt() { :; }; source completion; COMP_WORDS=(" + line + "); COMP_CWORD="
                                + words.split(" ").length + "; COMP_LINE='" + line
                                + "'; _complete_tidemark; echo \"${COMPREPLY[*]}\"")
                .directory(temp.toFile())
                .redirectErrorStream(true)
                .start();
        String reply = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(reply).isZero();
        assertThat(reply.strip().split("\\s+")).containsExactlyInAnyOrder(expected.split(" "));
    }

    @Test
    void refusesAnotherShell() {
        StringWriter err = new StringWriter();
        CommandLine tidemark = TidemarkMain.commandLine().setErr(new PrintWriter(err, true));
        assertThat(tidemark.execute("completion", "fish")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("fish", "tidemark completion --help");
    }
}
