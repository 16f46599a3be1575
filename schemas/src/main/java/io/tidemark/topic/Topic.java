package io.tidemark.topic;

import java.time.Duration;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/**
 * One Kafka topic: its contract, its shape and who may touch it. All topics stand in {@link Topics}.
 *
 * @param name full topic name
 * @param doc what a record of it is, in one sentence
 * @param key contract of the key
 * @param value contract of the value
 * @param partitions number of partitions when Tidemark creates it on a cluster
 * @param retention how long records are kept
 * @param writer the one module that writes it
 * @param readers the modules that read it; anybody else may read it too
 */
public record Topic<K extends SpecificRecord, V extends SpecificRecord>(
        String name,
        String doc,
        AvroCodec<K> key,
        AvroCodec<V> value,
        int partitions,
        Duration retention,
        String writer,
        List<String> readers) {

    public Topic {
        if (partitions < 1) {
            throw new IllegalArgumentException(name + ": partitions must be at least 1, found " + partitions);
        }
        readers = List.copyOf(readers);
    }
}
