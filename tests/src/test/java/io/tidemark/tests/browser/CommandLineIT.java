package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tidemark.tests.platform.PlatformProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The command that a page offers asks the same in a terminal. */
@InBrowser
class CommandLineIT {
    @Test
    void aSearchCopiedAsCommandFindsTheSame(Visitor visitor) throws Exception {
        visitor.open("/user/erin?code=429");
        assertThat(visitor.rows()).hasCount(6);
        List<String> names = visitor.rows().locator(".c-object .name").allInnerTexts();

        String answer = run(copied(visitor));
        assertThat(answer.lines().filter(line -> line.contains("429"))).hasSize(6);
        for (String name : names) {
            assertThat(answer).contains(name.substring(name.indexOf('/') + 1));
        }
    }

    @Test
    void anObjectCopiedAsCommandShowsTheSameLife(Visitor visitor) throws Exception {
        visitor.open("/o/shop/apps/deployments/shop/search");
        visitor.page().locator(".lives a").first().click();
        assertThat(visitor.page().locator(".deletion")).containsText("by alice");
        assertThat(visitor.rows()).not().hasCount(0);

        String answer = run(copied(visitor));
        assertThat(answer).contains("search-7c6756f46", "Orphan");
    }

    private static String copied(Visitor visitor) {
        visitor.page()
                .getByText("Copy as CLI", new Page.GetByTextOptions().setExact(true))
                .click();
        String command = (String) visitor.page().evaluate("navigator.clipboard.readText()");
        assertThat(command).startsWith("tidemark ");
        return command;
    }

    /** What the distribution's command answers on standard output. */
    private static String run(String command) throws IOException, InterruptedException {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", command);
        String bin = PlatformProcess.installation().resolve("bin").toRealPath().toString();
        shell.environment().merge("PATH", bin, (path, first) -> first + ":" + path);
        Path complaints = Files.createTempFile("command", ".err");
        Process process = shell.redirectError(complaints.toFile()).start();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", command, Files.readString(complaints))
                .isZero();
        return answer;
    }
}
