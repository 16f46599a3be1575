package io.tidemark.watch.topic;

import io.tidemark.watch.view.Told;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** How events are put on the wire. */
enum Framing {
    /** Server-Sent Events. Only the last one of a revision has an id, so that who begins again misses none of it. */
    EVENTS {
        @Override
        Messages messages(List<Told> all) {
            int length = 0;
            for (Told told : all) {
                length += told.json().length() + MARKS;
            }
            Buffer text = Buffer.buffer(length);
            for (Told told : all) {
                text.appendString("event: " + told.name() + "\n");
                if (told.last()) {
                    text.appendString("id: " + told.revision() + "\n");
                }
                text.appendString("data: ").appendString(told.json()).appendString("\n\n");
            }
            return new Messages(all.isEmpty() ? List.of() : List.of(text.getBytes()), all.size());
        }
    },

    /** One object for each event, with the same in it: {@code {"event":"put","id":7,"data":{...}}}. */
    SOCKET {
        @Override
        Messages messages(List<Told> all) {
            List<byte[]> each = new ArrayList<>(all.size());
            for (Told told : all) {
                String id = told.last() ? "\",\"id\":" + told.revision() : "\"";
                each.add(Buffer.buffer(told.json().length() + MARKS)
                        .appendString("{\"event\":\"" + told.name() + id + ",\"data\":")
                        .appendString(told.json())
                        .appendString("}")
                        .getBytes());
            }
            return new Messages(List.copyOf(each), all.size());
        }
    };

    private static final int MARKS = 64;

    abstract Messages messages(List<Told> all);

    /**
     * What goes out, in one piece or several. Not to be changed.
     *
     * @param events that are in them
     */
    record Messages(List<byte[]> pieces, int events) {}
}
