package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.LogHome;
import io.tidemark.revision.cli.StoreShell;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.log.MemoryLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A file of etcd becomes a keyspace with the same history; what is no such file, or would not fit, changes nothing. */
class RestoreTest {
    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private static final int MANY = 30_000;

    @TempDir
    private static Path folder;

    private static StoreEndpoint fresh(String name) throws IOException {
        return new StoreEndpoint(LOOPS.vertx(), Files.createTempDirectory(folder, name.replace('/', '-')));
    }

    private static StoreEndpoint played(Program program) throws IOException {
        StoreEndpoint store = fresh(program.name());
        Session session = new Session(store);
        program.calls().forEach(session::reply);
        return store;
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

    private static Path backup(StoreEndpoint store) throws IOException {
        Path file = Files.createTempFile(folder, "backup", ".db");
        done(store, "backup", file.toString());
        return file;
    }

    /** The files were written by a real etcd; what the same requests lead to here is what they lead to there. */
    @TestFactory
    Stream<DynamicTest> etcdsFilesBecomeKeyspaces() {
        return SnapshotCases.all().stream()
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> {
                    Path file = folder.resolve(program.name().replace('/', '-') + ".db");
                    Files.write(file, SnapshotRows.recorded(program.name().replace("snapshot/", "")));
                    try (StoreEndpoint expected = played(program);
                            StoreEndpoint restored = fresh("restored")) {
                        done(restored, "restore", file.toString());

                        new SameKeyspace(expected, restored).check();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> backupsBecomeKeyspaces() {
        List<Program> programs = new ArrayList<>(RandomHistories.all().subList(0, 3));
        programs.addAll(Programs.random().subList(0, 4));
        return programs.stream()
                .map(program -> DynamicTest.dynamicTest(program.name(), () -> {
                    try (StoreEndpoint expected = played(program);
                            StoreEndpoint restored = fresh("restored")) {
                        done(restored, "restore", backup(expected).toString());

                        new SameKeyspace(expected, restored).check();
                    }
                }));
    }

    @Test
    void aKeyspaceIsRestoredAsItWasAtARevision() throws IOException {
        try (StoreEndpoint expected = played(SnapshotCases.all().get(2));
                StoreEndpoint restored = fresh("restored")) {
            String told = done(restored, "restore", backup(expected).toString(), "--revision", "100");

            assertThat(told).endsWith(": revisions 2 to 100; 2 leases, 0 users\n");
            new SameKeyspace(expected, restored).checkUpTo(100);
        }
    }

    @Test
    void aRevisionThatPutAllItsKeysAnewIsRestored() throws IOException {
        try (StoreEndpoint expected = played(FoundCases.checksumOfWhatIsMadeAnew());
                StoreEndpoint restored = fresh("restored")) {
            done(restored, "restore", backup(expected).toString(), "--revision", "6");

            new SameKeyspace(expected, restored).checkUpTo(6);
        }
    }

    /** A revision is loaded as a whole, also one that is larger than what clients may ask for otherwise. */
    @Test
    void aRevisionThatDeletedManyKeysIsRestored() throws IOException {
        try (StoreEndpoint expected = fresh("many");
                StoreEndpoint restored = fresh("restored")) {
            String prefix = "k/" + "long".repeat(20) + "/";
            for (int from = 0; from < MANY; from += 100) {
                TxnRequest.Builder txn = TxnRequest.newBuilder();
                IntStream.range(from, from + 100)
                        .forEach(key ->
                                txn.addSuccess(RequestOp.newBuilder().setRequestPut(Ask.put(prefix + key, "x"))));
                Ask.done(expected, txn);
            }
            Ask.done(expected, Ask.delete("k/", "k0"));

            done(restored, "restore", backup(expected).toString());

            RangeRequest.Builder all = Ask.range("k/", "k0").setCountOnly(true);
            RangeResponse now = Ask.done(restored, all, RangeResponse.parser());
            long deleted = now.getHeader().getRevision();
            assertThat(now).isEqualTo(Ask.done(expected, all, RangeResponse.parser()));
            assertThat(Ask.done(restored, all.setRevision(deleted - 1), RangeResponse.parser())
                            .getCount())
                    .isEqualTo(MANY);
            HashKVRequest.Builder checksum = HashKVRequest.newBuilder();
            assertThat(Ask.done(restored, checksum)).isEqualTo(Ask.done(expected, checksum));
        }
    }

    @Test
    void whatWasInterruptedGoesOn() throws IOException {
        try (StoreEndpoint expected = played(SnapshotCases.all().get(2));
                StoreEndpoint restored = fresh("restored")) {
            String file = backup(expected).toString();
            for (String revision : List.of("50", "51", "200")) {
                done(restored, "restore", file, "--revision", revision);
            }
            done(restored, "restore", file);

            assertThat(done(restored, "restore", file)).contains("already there");
            new SameKeyspace(expected, restored).check();
        }
    }

    @Test
    void anEtcdThatGoesOnIsFollowed() throws IOException {
        try (StoreEndpoint source = played(SnapshotCases.all().get(2));
                StoreEndpoint target = fresh("target")) {
            String from = "127.0.0.1:" + source.port();
            done(target, "import", "etcd", "--from", from, "--dir", folder.toString());
            done(source, "put", "later", "1");
            done(source, "put", "later", "2");
            String told = done(target, "import", "etcd", "--from", from, "--dir", folder.toString());

            assertThat(told).matches(from + ": revisions (\\d+) to \\d+; 0 leases, 0 users\n");
            new SameKeyspace(source, target).check();
            assertThat(folder).isDirectoryNotContaining("glob:**tidemark-*.db");
        }
    }

    /** What was restored stands in the log, and an image is made from it again. */
    @Test
    void whatWasRestoredIsReadFromTheLogAgain() throws IOException {
        AtomicReference<@Nullable MemoryLog> log = new AtomicReference<>();
        try (StoreEndpoint expected = played(SnapshotCases.all().get(3))) {
            Path file = backup(expected);
            try (StoreEndpoint restored = on(log)) {
                done(restored, "restore", file.toString());
            }
            try (StoreEndpoint again = on(log)) {
                new SameKeyspace(expected, again).check();
            }
        }
    }

    /** A node without an image, on the log that the one before left. */
    private static StoreEndpoint on(AtomicReference<@Nullable MemoryLog> kept) throws IOException {
        LogHome home = (keyspace, codec) -> {
            MemoryLog before = kept.get();
            MemoryLog log = before == null ? new MemoryLog(codec.key()) : before.again();
            kept.set(log);
            return log;
        };
        return new StoreEndpoint(LOOPS.vertx(), Files.createTempDirectory(folder, "image"), home, Map.of());
    }

    @Test
    void aKeyspaceThatHoldsSomethingElseIsLeftAlone() throws IOException {
        try (StoreEndpoint source = played(SnapshotCases.all().get(2));
                StoreEndpoint other = fresh("other")) {
            done(other, "put", "mine", "1");
            StoreShell.Outcome refused = run(other, "restore", backup(source).toString());

            assertThat(refused.code()).isNotZero();
            assertThat(refused.err())
                    .contains("the keyspace is not empty (revision 2)", "restore into an empty keyspace");
            assertThat(done(other, "get", "mine")).isEqualTo("mine\n1\n");
        }
    }

    /** What was compacted there since is no longer known: following would leave keys that are gone there. */
    @Test
    void anEtcdThatWasCompactedTooFarIsNotFollowed() throws IOException {
        try (StoreEndpoint source = played(SnapshotCases.all().get(2));
                StoreEndpoint target = fresh("target")) {
            String from = "127.0.0.1:" + source.port();
            done(target, "import", "etcd", "--from", from, "--dir", folder.toString());
            done(source, "del", "many/1");
            String revision = done(source, "put", "later", "1", "--write-out=json")
                    .replaceAll(".*\"revision\":(\\d+).*\\R", "$1");
            done(source, "compaction", revision);
            StoreShell.Outcome refused = run(target, "import", "etcd", "--from", from, "--dir", folder.toString());

            assertThat(refused.code()).isNotZero();
            assertThat(refused.err()).contains("does not hold the beginning of " + from);
        }
    }

    @Test
    void revisionsThatAFileDoesNotHaveAreRefused() throws IOException {
        try (StoreEndpoint source = played(SnapshotCases.all().get(3));
                StoreEndpoint target = fresh("target")) {
            String file = backup(source).toString();

            assertThat(run(target, "restore", file, "--revision", "10000").err())
                    .contains("ends with revision");
            assertThat(run(target, "restore", file, "--revision", "211").err())
                    .contains("was compacted at revision 212");
            assertThat(run(target, "restore", file, "--revision", "-1").err()).contains("--revision -1 is none");
        }
    }

    @Test
    void damagedFilesAreRefused() throws IOException {
        try (StoreEndpoint source = played(SnapshotCases.all().get(2));
                StoreEndpoint target = fresh("target")) {
            byte[] whole = Files.readAllBytes(backup(source));
            byte[] flipped = whole.clone();
            flipped[whole.length / 2] ^= 1;

            assertThat(refusal(target, flipped)).contains("is no whole file of etcd: its SHA-256 is");
            assertThat(refusal(target, Arrays.copyOf(whole, whole.length / 2))).contains("is no whole file of etcd");
            assertThat(refusal(target, "something else".getBytes(StandardCharsets.UTF_8)))
                    .contains("expected a file of bbolt");
            assertThat(run(target, "restore", "nowhere.db").err()).contains("nowhere.db does not exist");
            assertThat(done(target, "get", "--prefix", "", "--count-only", "--write-out=fields"))
                    .contains("\"Count\" : 0");
        }
    }

    private static String refusal(StoreEndpoint target, byte[] content) throws IOException {
        Path file = Files.write(Files.createTempFile(folder, "damaged", ".db"), content);
        StoreShell.Outcome outcome = run(target, "restore", file.toString());
        assertThat(outcome.code()).isNotZero();
        return outcome.err();
    }
}
