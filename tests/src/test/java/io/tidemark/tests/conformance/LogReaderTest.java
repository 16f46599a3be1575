package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.log.LogEntry;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.LogRecord;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.tests.example.KeyspaceReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who reads the log of a keyspace as the documentation says is told what etcd's Watch tells. */
class LogReaderTest {
    private static final Path SCHEMA = Path.of("..", "schemas", "src", "main", "avro", "kv", "KvTransaction.avsc");
    private static final int ALL_BYTES = 64 * 1024 * 1024;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private Path folder;

    @Test
    void theExampleReadsWhatWatchersAreTold() throws Exception {
        MemoryLog log = new MemoryLog(new LogEntryCodec("default").key());
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder, (keyspace, codec) -> log, Map.of())) {
            RandomRequests random = new RandomRequests(11);
            for (int i = 0; i < 300; i++) {
                var message = random.next();
                if (!(message instanceof CompactionRequest)) {
                    store.call(EtcdMethod.taking(message).path(), message.toByteArray());
                }
            }
            long last = Ask.write(store, "last", "x");
            assertThat(read(log)).containsExactlyElementsOf(watched(store, last));
        }
    }

    private static List<KeyspaceReader.Event> read(MemoryLog log) throws Exception {
        KeyspaceReader reader = new KeyspaceReader(new Schema.Parser().parse(SCHEMA.toFile()));
        List<KeyspaceReader.Event> events = new ArrayList<>();
        for (LogRecord record : log.read(0, ALL_BYTES, Duration.ZERO)) {
            events.addAll(reader.read(record.value()));
        }
        return events;
    }

    private static List<KeyspaceReader.Event> watched(StoreEndpoint store, long last) {
        try (WatchClient client = store.watches()) {
            client.create(io.tidemark.revision.etcd.proto.WatchCreateRequest.newBuilder()
                    .setKey(Ask.bytes("\0"))
                    .setRangeEnd(Ask.bytes("\0"))
                    .setStartRevision(1));
            client.next();
            List<KeyspaceReader.Event> all = new ArrayList<>();
            while (all.isEmpty() || all.getLast().version().getModRevision() < last) {
                for (Event event : client.next().getEventsList()) {
                    all.add(new KeyspaceReader.Event(event.getType() == Event.EventType.DELETE, event.getKv()));
                }
            }
            return all;
        }
    }

    @Test
    void whatAReplacedWriterAppendsDoesNotCount() throws Exception {
        LogEntryCodec codec = new LogEntryCodec("default");
        MemoryLog log = new MemoryLog(codec.key());
        KeyspaceReader reader = new KeyspaceReader(new Schema.Parser().parse(SCHEMA.toFile()));
        byte[] write = new byte[0];
        try (StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder, (keyspace, its) -> log, Map.of())) {
            Ask.write(store, "a", "x");
            for (LogRecord record : log.read(0, ALL_BYTES, Duration.ZERO)) {
                write = reader.read(record.value()).isEmpty() ? write : record.value();
            }
        }
        assertThat(reader.read(write)).hasSize(1);
        assertThat(reader.read(codec.mark())).isEmpty();
        assertThat(reader.read(write)).as("a mark is no writer").hasSize(1);
        reader.read(codec.encode(new LogEntry(1_000, 0, 2, new LogEntry.Barrier(""))));
        assertThat(reader.read(write)).isEmpty();
    }
}
