package io.tidemark.watch.view;

import io.tidemark.revision.etcd.proto.Event;

/**
 * An event, as what it is told to who wants some objects only. kube-apiserver does the same to its own watches.
 *
 * @param failure why the filter came to nothing for it; empty when it did not
 */
record Selected(Event event, As as, String failure) {
    /** What it is. */
    enum As {
        PUT,
        DELETE,
        /** The object is there, but not among those that are wanted any more: to its watchers it is gone. */
        LEFT,
        /** Nothing to them. */
        NOTHING
    }

    long revision() {
        return event.getKv().getModRevision();
    }
}
