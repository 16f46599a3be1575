package io.tidemark.watch.view;

import dev.cel.common.values.NullValue;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.watch.view.Filter.UnanswerableException;
import java.util.IdentityHashMap;
import java.util.function.Function;

/** Looks whether one event is wanted, by labels and by the filter. */
final class Selection {
    private final Event event;
    private final Shape shape;
    private final Contents contents;
    /** A filter looks at one several times. */
    private final IdentityHashMap<KeyValue, Object> values = new IdentityHashMap<>();

    private String failure = "";

    private Selection(Event event, Shape shape, Contents contents) {
        this.event = event;
        this.shape = shape;
        this.contents = contents;
    }

    static Selected of(Event event, Shape shape, Contents contents) {
        Selection selection = new Selection(event, shape, contents);
        Selected.As as = selection.asObject();
        if (as != Selected.As.NOTHING && !shape.filter().isOfObjects() && !selection.isWanted(as)) {
            as = Selected.As.NOTHING;
        }
        return new Selected(event, as, selection.failure);
    }

    private Selected.As asObject() {
        boolean deletion = event.getType() == Event.EventType.DELETE;
        if (!shape.isOfObjects()) {
            return deletion ? Selected.As.DELETE : Selected.As.PUT;
        }
        if (!deletion && isSelected(event.getKv())) {
            return Selected.As.PUT;
        }
        // what it was before is unknown right at the compaction: gone is right for who had it, and harmless for others
        boolean created = event.getKv().getVersion() == 1;
        boolean was = event.hasPrevKv() ? isSelected(event.getPrevKv()) : !created;
        if (!was) {
            return Selected.As.NOTHING;
        }
        return deletion ? Selected.As.DELETE : Selected.As.LEFT;
    }

    private boolean isSelected(KeyValue version) {
        if (!shape.selector().isEverything() && !contents.of(version).isSelected(shape.selector())) {
            return false;
        }
        return !shape.filter().isOfObjects() || matches(name -> name.equals(Filter.KEY) ? key() : value(version));
    }

    private boolean isWanted(Selected.As as) {
        boolean put = as == Selected.As.PUT;
        return matches(name -> switch (name) {
            case Filter.OBJECT -> put ? value(event.getKv()) : NullValue.NULL_VALUE;
            case Filter.OLD -> event.hasPrevKv() ? value(event.getPrevKv()) : NullValue.NULL_VALUE;
            case Filter.TYPE -> put ? "PUT" : "DELETE";
            case Filter.REVISION -> event.getKv().getModRevision();
            case Filter.KEY -> key();
            default -> throw new IllegalArgumentException("no variable has the name " + name);
        });
    }

    /** What cannot be told of an event is no reason to tell of it. */
    private boolean matches(Function<String, Object> variables) {
        try {
            return shape.filter().matches(variables);
        } catch (UnanswerableException e) {
            failure = failure.isEmpty() ? String.valueOf(e.getMessage()) : failure;
            return false;
        }
    }

    private String key() {
        return event.getKv().getKey().toStringUtf8();
    }

    private Object value(KeyValue version) {
        return values.computeIfAbsent(
                version, its -> CelValues.of(contents.of(its).tree()));
    }
}
