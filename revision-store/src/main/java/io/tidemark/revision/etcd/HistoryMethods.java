package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.RevisionAtRequest;
import io.tidemark.revision.etcd.proto.RevisionAtResponse;
import io.tidemark.revision.store.RevisionTime;
import io.tidemark.revision.store.View;
import java.util.Map;

/** {@code tidemark.v1.History}, which etcd does not have. */
final class HistoryMethods {
    private final Store store;
    private final Headers headers;

    HistoryMethods(Store store, Headers headers) {
        this.store = store;
        this.headers = headers;
    }

    Map<String, Method> methods() {
        return Map.of("tidemark.v1.History/RevisionAt", this::revisionAt);
    }

    private void revisionAt(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        long micros = RevisionAtRequest.parseFrom(bytes).getMicros();
        store.answer(call, (asker, view) -> asker.unknown(view), view -> answer(view, micros));
    }

    private RevisionAtResponse answer(View view, long micros) {
        RevisionAtResponse.Builder answer = RevisionAtResponse.newBuilder().setHeader(headers.at(view.revision()));
        RevisionTime found = view.newestBy(micros);
        if (found != null) {
            answer.setRevision(message(found));
        }
        RevisionTime oldest = view.oldest();
        if (oldest != null) {
            answer.setOldest(message(oldest));
        }
        return answer.build();
    }

    private static io.tidemark.revision.etcd.proto.RevisionTime message(RevisionTime time) {
        return io.tidemark.revision.etcd.proto.RevisionTime.newBuilder()
                .setRevision(time.revision())
                .setMicros(time.micros())
                .build();
    }
}
