package io.tidemark.query.cli;

import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidemark.query.http.ApiServer;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** Shows requests until the tail has begun and printed one of them. */
    private void showUntilPrinted(ApiServer api, String auditId) {
        int[] second = {0};
        await().until(() -> {
            second[0]++;
            api.show(List.of(request(auditId + second[0], deployment("web"), second[0], r -> r.setUser("bob"))));
            return out.toString().contains(auditId);
        });
    }

    @Test
    void printsWhatMatchesAndGoesOnWithoutAGapWhenTheServerWasRestarted() throws Exception {
        CompletableFuture<Integer> tail;
        URI address;
        try (ApiServer api = ApiServer.over(folder, List.of())) {
            address = api.uri("");
            Shell shell = new Shell(address.toString());
            tail = CompletableFuture.supplyAsync(
                    () -> shell.run("tail --user bob -o wide --no-color --limit 30", out, err));
            showUntilPrinted(api, "first-");
            api.show(List.of(request("alices", deployment("web"), 50, r -> {})));
            api.show(List.of(request("last-before", deployment("web"), 60, r -> r.setUser("bob"))));
            await().until(() -> out.toString().contains("last-before"));
            api.commit();
        }
        await().until(() -> err.toString().contains("waiting for it to come back"));
        assertThat(tail).isNotDone();
        try (ApiServer api = ApiServer.again(folder, address)) {
            api.show(List.of(request("meanwhile", deployment("web"), 70, r -> r.setUser("bob"))));
            await().until(() -> out.toString().contains("meanwhile"));
            assertThat(err.toString()).contains("connected again");
            assertThat(out.toString()).doesNotContain("alices").containsOnlyOnce("last-before");
            assertThat(out.toString().lines().findFirst().orElseThrow()).startsWith("TIME (UTC)");
            int[] second = {100};
            await().until(() -> {
                second[0]++;
                api.show(List.of(request("more-" + second[0], deployment("web"), second[0], r -> r.setUser("bob"))));
                return tail.isDone();
            });
            assertThat(tail.get(10, TimeUnit.SECONDS)).isZero();
        }
    }

    @Test
    void endsAfterAsManyAsWanted() throws Exception {
        try (ApiServer api = ApiServer.over(folder, List.of())) {
            Shell shell = new Shell(api.uri("").toString());
            CompletableFuture<Integer> tail =
                    CompletableFuture.supplyAsync(() -> shell.run("tail --limit 2 -o json", out, err));
            int[] second = {0};
            await().until(() -> {
                second[0]++;
                api.show(List.of(request("n" + second[0], deployment("web"), second[0], r -> {})));
                return tail.isDone();
            });
            assertThat(tail.get(10, TimeUnit.SECONDS)).isZero();
            assertThat(out.toString().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"spanId\""));
        }
    }
}
