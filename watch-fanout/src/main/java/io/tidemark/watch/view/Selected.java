package io.tidemark.watch.view;

import io.tidemark.revision.etcd.proto.Event;

/** An event, as what it is told to who wants some objects only. kube-apiserver does the same to its own watches. */
record Selected(Event event, As as) {
    /** What it is. */
    enum As {
        PUT,
        DELETE,
        /** The object is there, but not among those that are wanted any more: to its watchers it is gone. */
        LEFT,
        /** Nothing to them. */
        NOTHING
    }

    static Selected of(Event event, LabelSelector selector, Contents contents) {
        boolean deletion = event.getType() == Event.EventType.DELETE;
        if (selector.isEverything()) {
            return new Selected(event, deletion ? As.DELETE : As.PUT);
        }
        if (!deletion && contents.of(event.getKv()).isSelected(selector)) {
            return new Selected(event, As.PUT);
        }
        // what it was before is unknown right at the compaction: gone is right for who had it, and harmless for others
        boolean created = event.getKv().getVersion() == 1;
        boolean was = event.hasPrevKv() ? contents.of(event.getPrevKv()).isSelected(selector) : !created;
        return new Selected(event, was ? deletion ? As.DELETE : As.LEFT : As.NOTHING);
    }

    long revision() {
        return event.getKv().getModRevision();
    }
}
