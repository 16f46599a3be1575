package io.tidemark.audit.job;

import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.ObjectKey;
import io.tidemark.schema.audit.Span;
import io.tidemark.topic.Serdes;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Spans as key and value bytes of their topic. */
final class SpanRecords implements KafkaRecordSerializationSchema<Tuple2<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;
    static final TypeInformation<Tuple2<byte[], byte[]>> TYPE =
            Types.TUPLE(Types.PRIMITIVE_ARRAY(Types.BYTE), Types.PRIMITIVE_ARRAY(Types.BYTE));

    private final String topic;

    SpanRecords(String topic) {
        this.topic = topic;
    }

    static Tuple2<byte[], byte[]> of(Span span) {
        ObjectIdentity object = span.getObject();
        ObjectKey key = new ObjectKey(
                object.getCluster(), object.getGroup(), object.getResource(), object.getNamespace(), object.getName());
        return Tuple2.of(Serdes.AUDIT_SPAN_KEY.encode(key), Serdes.AUDIT_SPAN.encode(span));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            Tuple2<byte[], byte[]> element, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, element.f0, element.f1);
    }
}
