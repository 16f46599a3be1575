package io.tidemark.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One Kafka topic: its contract, its shape and who may touch it. All topics stand in {@link Topics}.
 *
 * @param name full topic name
 * @param doc what a record of it is, in one sentence
 * @param key contract of the key
 * @param value contract of the value
 * @param shape how it is made on Kafka
 * @param writer the one module that writes it
 * @param readers the modules that read it; anybody else may read it too
 */
public record Topic<K extends SpecificRecord, V extends SpecificRecord>(
        String name,
        String doc,
        AvroCodec<K> key,
        AvroCodec<V> value,
        Shape shape,
        String writer,
        List<String> readers) {

    public Topic {
        readers = List.copyOf(readers);
    }

    public int partitions() {
        return shape.partitions();
    }

    /** How long records are kept; empty for without limit. */
    public Optional<Duration> retention() {
        return shape.retention();
    }

    /**
     * How a topic is made on Kafka.
     *
     * @param partitions number of partitions when Tidemark creates it on a cluster
     * @param spread true when the key only spreads records, so that a single broker may do with fewer partitions; false
     *     when the number of a partition means something, so that there are as many everywhere
     * @param retention how long records are kept; empty for without limit, neither of time nor of size
     * @param settings further settings of the topic that carry a promise, under Kafka's names
     */
    public record Shape(int partitions, boolean spread, Optional<Duration> retention, Map<String, String> settings) {
        public Shape {
            if (partitions < 1) {
                throw new IllegalArgumentException("partitions must be at least 1, found " + partitions);
            }
            settings = Map.copyOf(settings);
        }

        static Shape spread(int partitions, Duration retention) {
            return new Shape(partitions, true, Optional.of(retention), Map.of());
        }

        static Shape numberedForever(int partitions, Map<String, String> settings) {
            return new Shape(partitions, false, Optional.empty(), settings);
        }
    }
}
