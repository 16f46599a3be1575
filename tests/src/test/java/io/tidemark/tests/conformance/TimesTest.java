package io.tidemark.tests.conformance;

import static io.tidemark.tests.conformance.TimedWrites.at;
import static io.tidemark.tests.conformance.TimedWrites.newest;
import static io.tidemark.tests.conformance.TimedWrites.putLater;
import static io.tidemark.tests.conformance.TimedWrites.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.cli.StoreShell;
import io.tidemark.revision.etcd.proto.RevisionTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A keyspace is read, and restored from a backup, as it was at a time. */
class TimesTest {
    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreEndpoint fresh(String name) throws IOException {
        return new StoreEndpoint(LOOPS.vertx(), Files.createTempDirectory(folder, name));
    }

    private static StoreShell.Outcome run(StoreEndpoint store, String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.add("--endpoint=127.0.0.1:" + store.port());
        return StoreShell.run(line, "");
    }

    private static String done(StoreEndpoint store, String... words) {
        StoreShell.Outcome outcome = run(store, words);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out();
    }

    @Test
    void aRangeIsReadAsItWasAtATime() throws IOException {
        try (StoreEndpoint store = fresh("read")) {
            assertThat(at(store, Long.MAX_VALUE).hasRevision()).isFalse();
            RevisionTime first = putLater(store, "a", "1");
            RevisionTime second = putLater(store, "a", "2");
            String justBefore = text(second.getMicros() - 1);

            assertThat(done(store, "get", "a", "--at", text(second.getMicros())))
                    .isEqualTo("a\n2\n");
            assertThat(done(store, "get", "a", "--at", justBefore)).isEqualTo("a\n1\n");
            assertThat(done(store, "export", "--at", justBefore)).contains("\"value\":\"1\"");
            assertThat(run(store, "get", "a", "--at", text(first.getMicros() - 1))
                            .err())
                    .contains(
                            "what was at " + text(first.getMicros() - 1) + " cannot be read",
                            ": the oldest revision that can be is 2, of " + text(first.getMicros()));
            assertThat(run(store, "get", "a", "--at", justBefore, "--rev", "3").err())
                    .contains("--at and --rev both name a revision");
            assertThat(run(store, "get", "a", "--at", "tomorrow").err()).contains("found 'tomorrow'");
        }
    }

    @Test
    void whatIsCompactedIsNotRead() throws IOException {
        try (StoreEndpoint store = fresh("compacted")) {
            putLater(store, "a", "1");
            RevisionTime second = putLater(store, "a", "2");
            RevisionTime third = putLater(store, "a", "3");
            done(store, "compaction", String.valueOf(third.getRevision()), "--physical");

            assertThat(at(store, second.getMicros()).hasRevision()).isFalse();
            assertThat(at(store, second.getMicros()).getOldest()).isEqualTo(third);
            assertThat(at(store, third.getMicros()).getRevision()).isEqualTo(third);
        }
    }

    @Test
    void aBackupIsRestoredAsItWasAtATime() throws IOException {
        try (StoreEndpoint store = fresh("source");
                StoreEndpoint restored = fresh("restored")) {
            done(store, "put", "before", "1");
            RevisionTime first = putLater(store, "a", "1");
            RevisionTime second = putLater(store, "a", "2");
            putLater(store, "a", "3");
            Path file = Files.createTempFile(folder, "backup", ".db");
            done(store, "backup", file.toString());

            done(restored, "restore", file.toString(), "--at", text(second.getMicros()));

            new SameKeyspace(store, restored).checkUpTo(second.getRevision());
            assertThat(newest(restored)).isEqualTo(second);
            assertThat(at(restored, second.getMicros() - 1)).isEqualTo(at(restored, first.getMicros()));
            assertThat(at(restored, second.getMicros() - 1).getRevision())
                    .isEqualTo(at(store, second.getMicros() - 1).getRevision());
            assertThat(run(restored, "restore", file.toString(), "--at", "1970-01-02")
                            .err())
                    .contains("has nothing that was written by 1970-01-02T00:00:00Z");
        }
    }

    @Test
    void aFileOfEtcdKnowsNoTimes() throws IOException {
        Path file = folder.resolve("etcd.db");
        Files.write(file, SnapshotRows.recorded("compacted"));
        try (StoreEndpoint restored = fresh("restored")) {
            assertThat(run(restored, "restore", file.toString(), "--at", "15m").err())
                    .contains("does not say when things were written", "name a revision");
            assertThat(newest(restored).getRevision()).isZero();
        }
    }
}
