package io.tidemark.revision.transfer;

import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.LoadRequest;
import io.tidemark.revision.etcd.proto.LoadedChange;
import io.tidemark.revision.etcd.proto.LoadedRevision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Revisions that are loaded in one request: whole ones, until they are so many bytes. */
final class Piece {
    private static final long BYTES = 512 * 1024;

    private final List<LoadedRevision.Builder> revisions = new ArrayList<>();
    private LoadedRevision.Builder current = LoadedRevision.newBuilder();
    private long bytes;

    private Piece() {}

    /**
     * Reads what follows.
     *
     * @param last revision with which the keyspace ends; when what was written there is compacted, it is empty
     */
    static Piece read(EtcdFile file, long from, long last) throws IOException {
        Piece piece = new Piece();
        boolean[] full = new boolean[1];
        file.versions(from, (version, row) -> {
            if (version.revision() > last) {
                return false;
            }
            full[0] = !piece.takes(version);
            return !full[0];
        });
        piece.ended();
        if (!full[0] && piece.end() < last) {
            piece.revisions.add(LoadedRevision.newBuilder().setRevision(last));
        }
        piece.date(file.times(from, piece.end()));
        return piece;
    }

    private long end() {
        return revisions.isEmpty() ? 0 : revisions.getLast().getRevision();
    }

    private boolean takes(EtcdFile.Version version) {
        if (version.revision() != current.getRevision()) {
            ended();
            if (bytes >= BYTES) {
                return false;
            }
            current.setRevision(version.revision());
        }
        KeyValue kv = version.kv();
        current.addChanges(
                LoadedChange.newBuilder().setSub(version.sub()).setKv(kv).setDeletion(version.deletion()));
        bytes += kv.getSerializedSize();
        return true;
    }

    private void ended() {
        if (current.getChangesCount() > 0) {
            revisions.add(current);
            current = LoadedRevision.newBuilder();
        }
    }

    private void date(Map<Long, Long> times) {
        for (LoadedRevision.Builder revision : revisions) {
            revision.setCommittedMicros(times.getOrDefault(revision.getRevision(), 0L));
        }
    }

    LoadRequest request(long expected, long compacted) {
        LoadRequest.Builder request =
                LoadRequest.newBuilder().setExpectedRevision(expected).setCompactRevision(compacted);
        revisions.forEach(request::addRevisions);
        return request.build();
    }
}
