package io.tidemark.tests.conformance;

import io.tidemark.revision.LogHome;
import io.tidemark.revision.ServedKeyspace;
import io.tidemark.revision.log.LogEntryCodec;
import io.tidemark.revision.log.MemoryLog;
import io.tidemark.revision.log.TransactionLog;
import io.tidemark.revision.sequencer.Election;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A log in memory that several nodes use; the test says who is elected. */
final class SharedLogs {
    private final List<String> nodes = new CopyOnWriteArrayList<>();
    private final Set<String> elected = ConcurrentHashMap.newKeySet();
    private @Nullable MemoryLog first;

    /** From now on these, and nobody else. */
    void elect(String... some) {
        elected.retainAll(Set.of(some));
        elected.addAll(Set.of(some));
    }

    /** What one node sees of it. */
    LogHome seen() {
        return new LogHome() {
            @Override
            public TransactionLog open(ServedKeyspace keyspace, LogEntryCodec codec) {
                return handle(codec);
            }

            @Override
            public boolean isShared() {
                return true;
            }

            @Override
            public Election election(ServedKeyspace keyspace, String node) {
                nodes.add(node);
                return new Ballot(node);
            }
        };
    }

    private synchronized TransactionLog handle(LogEntryCodec codec) {
        if (first == null) {
            first = new MemoryLog(codec.key());
        }
        return first.again();
    }

    private final class Ballot implements Election {
        private final String node;

        Ballot(String node) {
            this.node = node;
        }

        @Override
        public boolean isElected() {
            return elected.contains(node);
        }

        @Override
        public void follows(String writer) {
            // the test elects
        }

        @Override
        public List<String> nodes() {
            return nodes;
        }

        @Override
        public void close() {
            nodes.remove(node);
        }
    }
}
