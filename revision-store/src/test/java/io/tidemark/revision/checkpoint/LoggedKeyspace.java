package io.tidemark.revision.checkpoint;

import io.tidemark.revision.log.LogEntry;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Decision.Commit;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.Limits;
import io.tidemark.revision.machine.Machine;
import io.tidemark.revision.machine.MemoryKeyspace;
import io.tidemark.revision.materialize.Materializer;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.RandomCommands;
import io.tidemark.revision.store.Told;
import io.tidemark.revision.store.View;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A keyspace's log that random commands write, and what images made from it show. */
final class LoggedKeyspace {
    static final String NAME = "shop";

    private static final Key ZERO = Key.of("\0".getBytes(StandardCharsets.UTF_8));
    private static final KeyRange ALL = new KeyRange(ZERO, ZERO);

    private static final LogEntryCodec CODEC = new LogEntryCodec(NAME);

    final MemoryLog log;

    private final Machine machine = new Machine(Limits.ETCD, 1);
    private final MemoryKeyspace memory = new MemoryKeyspace();
    private final RandomCommands commands;

    LoggedKeyspace(long seed) throws Exception {
        this(seed, new MemoryLog(CODEC.key()));
    }

    private LoggedKeyspace(long seed, MemoryLog log) throws Exception {
        this.log = log;
        commands = new RandomCommands(new Random(seed));
        log.append(List.of(CODEC.encode(new LogEntry(3, 0, 1, new LogEntry.Barrier("")))));
    }

    /** One whose log has another identity than those that are just made. */
    static LoggedKeyspace onAnotherLog(long seed) throws Exception {
        MemoryLog log = new MemoryLog(CODEC.key());
        log.makeAnew();
        return new LoggedKeyspace(seed, log.again());
    }

    /** Decides some commands, and logs what comes of them. */
    void write(int some) throws Exception {
        for (int i = 0; i < some; i++) {
            write(commands.next(memory));
        }
    }

    void put(String key, byte[] value) throws Exception {
        write(new Command.Put(Key.of(key.getBytes(StandardCharsets.UTF_8)), value, 0, false, false, false));
    }

    private void write(Command command) throws Exception {
        if (machine.decide(memory, command) instanceof Commit commit) {
            memory.apply(commit.transaction());
            LogEntry entry = new LogEntry(3, 0, memory.revision(), new LogEntry.Decided(commit.transaction()));
            log.append(List.of(CODEC.encode(entry)));
        }
    }

    /** Applies what the log has and the image lacks. */
    void catchUp(Image image) throws Exception {
        Materializer materializer = new Materializer(log, CODEC, image);
        materializer.check();
        materializer.catchUp(log.end());
    }

    /** Everything that can be asked: all keys at each revision that can be read, checksums, leases. */
    static String told(Image image) {
        StringBuilder told = new StringBuilder();
        try (View view = image.view()) {
            told.append(view.position()).append(view.revision()).append(view.compacted());
            for (long revision = Math.max(1, view.compacted()); revision <= view.revision(); revision++) {
                told.append('\n').append(revision).append(Told.of(view.at(ALL, revision)));
                told.append(view.checksum(revision));
            }
            view.newest(ALL).forEach(kv -> told.append(Told.of(view.newest(kv.key()))));
            image.leases().forEach(lease -> told.append(Told.of(lease)).append(Told.of(image.keysOf(lease.id()))));
        }
        return told.toString();
    }
}
