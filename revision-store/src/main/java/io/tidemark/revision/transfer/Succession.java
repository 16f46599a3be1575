package io.tidemark.revision.transfer;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import io.tidemark.revision.etcd.proto.Compare.CompareTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that hold only right after the newest revision that was sent, however much of what was sent before is done:
 * the newest key that was put is there with its revision, and what was deleted last is gone.
 *
 * <pre>
 *   5: put a    6: delete b    7: ...        7 goes when a was changed at 5, and b is not there
 *   5: put a    6: delete a    7: ...        a is not there before 5 either: nothing tells, so 6 has to be waited for
 * </pre>
 */
final class Succession {
    private @Nullable RecordedEvent put;
    private @Nullable ByteString deleted;
    private boolean untold;

    /** Whether no condition tells that the newest revision is done. */
    boolean mustBeWaitedFor() {
        return untold;
    }

    /** All that was sent is done. */
    void settled() {
        put = null;
        deleted = null;
        untold = false;
    }

    List<Compare> conditions() {
        List<Compare> conditions = new ArrayList<>();
        RecordedEvent newest = put;
        if (newest != null) {
            conditions.add(Compare.newBuilder()
                    .setKey(newest.key())
                    .setTarget(CompareTarget.MOD)
                    .setResult(CompareResult.EQUAL)
                    .setModRevision(newest.revision())
                    .build());
        }
        ByteString gone = deleted;
        if (gone != null) {
            conditions.add(RecordedRevision.version(gone, CompareResult.EQUAL, 0));
        }
        return conditions;
    }

    void add(RecordedRevision revision) {
        for (RecordedEvent event : revision.events()) {
            if (event.value() != null) {
                put = event;
                deleted = null;
                untold = false;
            } else {
                deleted = event.key();
                untold |= put != null && put.key().equals(event.key());
            }
        }
    }
}
