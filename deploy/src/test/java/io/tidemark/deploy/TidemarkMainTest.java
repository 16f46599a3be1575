package io.tidemark.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class TidemarkMainTest {
    /**
     * One line of the table.
     *
     * @param err what is printed about it
     */
    record Mistake(String line, int code, List<String> err) {
        @Override
        public String toString() {
            return line;
        }
    }

    static List<Mistake> mistakes() {
        return List.of(
                new Mistake("serach", 2, List.of("serach", "Did you mean", "search", "-> tidemark --help")),
                new Mistake("trace deploy/x --namepsace shop", 2, List.of("--namepsace", "-> tidemark trace --help")),
                new Mistake("trace", 2, List.of("TYPE/NAME", "-> tidemark trace --help")),
                new Mistake("search --server 127.0.0.1", 2, List.of("is no address of a server")),
                new Mistake("search --server http://127.0.0.1:1", 4, List.of("nothing answers", "-> start it with")),
                new Mistake("ingest -c prod --server http://127.0.0.1:1 pom.xml", 4, List.of("nothing answers", "->")),
                new Mistake(
                        "config check --set http.prot=1 --set kafka.port=x",
                        2,
                        List.of("2 problems", "http.port", "kafka.port")),
                new Mistake("config explain nothing", 3, List.of("no setting begins with nothing")));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void saysWhatIsWrongAndWhatToDo(Mistake mistake) {
        StringWriter err = new StringWriter();
        CommandLine tidemark = TidemarkMain.commandLine().setErr(new PrintWriter(err, true));
        assertThat(tidemark.execute(mistake.line().split(" ")))
                .as(err.toString())
                .isEqualTo(mistake.code());
        assertThat(err.toString()).contains(mistake.err()).doesNotContain("\tat ");
        assertThat(err.toString().lines().count()).isLessThan(10);
    }

    @Test
    void everyCommandHasHelpAndTheListOfExitCodesIsThere() {
        CommandLine tidemark = TidemarkMain.commandLine();
        assertThat(tidemark.getUsageMessage(Ansi.OFF)).contains("130", "interrupted", "not found");
        tidemark.getSubcommands().forEach((name, command) -> {
            assertThat(command.getUsageMessage(Ansi.OFF)).as(name).hasSizeGreaterThan(60);
            assertThat(command.getCommandSpec().findOption("--help") != null || name.equals("help"))
                    .as(name)
                    .isTrue();
        });
    }
}
