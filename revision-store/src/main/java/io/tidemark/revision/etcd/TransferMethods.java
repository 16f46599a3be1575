package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.LoadRequest;
import io.tidemark.revision.etcd.proto.LoadResponse;
import io.tidemark.revision.etcd.proto.LoadedChange;
import io.tidemark.revision.etcd.proto.LoadedRevision;
import io.tidemark.revision.log.AppendSize;
import io.tidemark.revision.machine.Command;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.Loaded;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.machine.Transaction.Change;
import java.util.List;
import java.util.Map;

/** {@code tidemark.v1.Transfer}, which etcd does not have. */
final class TransferMethods {
    /** Of a request: a revision is loaded as a whole, and one that deletes many keys is as large as the log's records may be. */
    static final int MESSAGE_BYTES_MAX = AppendSize.VALUE_BYTES_MAX;

    private static final String LOAD = "tidemark.v1.Transfer/Load";
    static final String LOAD_PATH = "/" + LOAD;

    private final Store store;
    private final Headers headers;

    TransferMethods(Store store, Headers headers) {
        this.store = store;
        this.headers = headers;
    }

    Map<String, Method> methods() {
        return Map.of(LOAD, this::load);
    }

    private void load(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        LoadRequest request = LoadRequest.parseFrom(bytes);
        if (request.getRevisionsCount() == 0) {
            call.refuse(Refusal.DOES_NOT_FOLLOW);
            return;
        }
        List<Loaded.Revision> revisions = request.getRevisionsList().stream()
                .map(TransferMethods::revision)
                .toList();
        Command load =
                new Command.Load(request.getExpectedRevision(), new Loaded(revisions, request.getCompactRevision()));
        store.write(
                load,
                call,
                told -> LoadResponse.newBuilder()
                        .setHeader(headers.at(told.revision()))
                        .build());
    }

    private static Loaded.Revision revision(LoadedRevision read) {
        return new Loaded.Revision(
                read.getRevision(),
                read.getChangesList().stream().map(TransferMethods::change).toList(),
                read.getChangesList().stream().map(LoadedChange::getSub).toList(),
                read.getCommittedMicros());
    }

    private static Change change(LoadedChange read) {
        KeyValue kv = read.getKv();
        Key key = Key.of(kv.getKey().toByteArray());
        return read.getDeletion()
                ? new Change.Delete(key)
                : new Change.Put(new io.tidemark.revision.machine.KeyValue(
                        key,
                        kv.getCreateRevision(),
                        kv.getModRevision(),
                        kv.getVersion(),
                        kv.getValue().toByteArray(),
                        kv.getLease()));
    }
}
