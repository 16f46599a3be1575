package io.tidemark.tests.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.RevisionAtRequest;
import io.tidemark.revision.etcd.proto.RevisionAtResponse;
import io.tidemark.revision.etcd.proto.RevisionTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes of which is known when they were. */
final class TimedWrites {
    private TimedWrites() {}

    /** What the store tells of a time. */
    static RevisionAtResponse at(StoreEndpoint store, long micros) {
        byte[] request =
                RevisionAtRequest.newBuilder().setMicros(micros).build().toByteArray();
        try {
            return RevisionAtResponse.parseFrom(
                    ((Answer.Bytes) store.call("tidemark.v1.History/RevisionAt", request)).message());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    static RevisionTime newest(StoreEndpoint store) {
        return at(store, Long.MAX_VALUE).getRevision();
    }

    /** Writes until the clock has gone on, so that the times of the two last revisions differ. */
    static RevisionTime putLater(StoreEndpoint store, String key, String value) {
        long before = newest(store).getMicros();
        do {
            Ask.write(store, key, value);
        } while (newest(store).getMicros() == before);
        return newest(store);
    }

    /** A time, as people write it. */
    static String text(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
}
