package io.tidemark.revision.cli;

import com.google.protobuf.ByteString;
import io.tidemark.kube.Secrets;
import io.tidemark.kube.StoredObject;
import io.tidemark.kube.UndecodableObjectException;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.RangeResponse;
import java.nio.charset.StandardCharsets;

/** Values that Kubernetes stored, as its API tells them, in one line each; others are as they are. */
final class DecodedValues {
    private DecodedValues() {}

    static RangeResponse of(RangeResponse answer) {
        RangeResponse.Builder decoded = answer.toBuilder();
        for (KeyValue.Builder each : decoded.getKvsBuilderList()) {
            each.setValue(value(each.getValue(), each.getModRevision()));
        }
        return decoded.build();
    }

    private static ByteString value(ByteString stored, long revision) {
        try {
            return StoredObject.decode(stored.toByteArray(), revision)
                    .map(object -> Secrets.isOne(object)
                            ? ByteString.copyFromUtf8(Secrets.masked(object))
                            : ByteString.copyFrom(object.json()))
                    .orElse(stored);
        } catch (UndecodableObjectException e) {
            String why = "(cannot be decoded: " + e.getMessage() + ")";
            return ByteString.copyFrom(why, StandardCharsets.UTF_8);
        }
    }
}
