package io.tidemark.watch.view;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.KeyValue;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * What versions are for people, each looked at once: several topics are told of one, and the next version of its key is compared
 * with it. For use by one thread.
 */
public final class Contents {
    private final long mostBytes;
    /** The least recently used one first. */
    private final LinkedHashMap<Version, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    private record Version(ByteString key, long revision) {}

    private record Known(Content content, long bytes) {}

    /** @param mostBytes of values that are remembered; 0 for none */
    public Contents(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    Content of(KeyValue version) {
        if (version.getValue().size() > mostBytes) {
            return Content.of(version);
        }
        Version which = new Version(version.getKey(), version.getModRevision());
        Known found = known.get(which);
        if (found == null) {
            found = new Known(Content.of(version), version.getSerializedSize());
            remember(which, found);
        }
        return found.content;
    }

    private void remember(Version which, Known found) {
        known.put(which, found);
        bytes += found.bytes;
        Iterator<Known> oldest = known.values().iterator();
        while (bytes > mostBytes && known.size() > 1) {
            bytes -= oldest.next().bytes;
            oldest.remove();
        }
    }
}
