package io.tidemark.ingest.audit;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the EventLists that API servers write. Whatever differs from them in any way is left to the parser of
 * {@link AuditReader}, which answers the same for every list that both can read.
 */
final class ListFastPath {
    private final JsonScan scan;
    private final ByteSlice text;
    private final AuditLimits limits;
    private final EventCheck check;
    private final EventFields fields = new EventFields();
    private final List<AuditItem> items = new ArrayList<>();
    private final List<RejectedItem> rejected = new ArrayList<>();

    private ListFastPath(ByteSlice text, AuditLimits limits, long nowMicros) {
        this.scan = new JsonScan(text, limits.depth() - 1);
        this.text = text;
        this.limits = limits;
        this.check = new EventCheck(limits, nowMicros);
    }

    /** The list, or null when it is not a plain one. */
    static @Nullable AuditBatch read(ByteSlice text, AuditLimits limits, long nowMicros) {
        ListFastPath path = new ListFastPath(text, limits, nowMicros);
        return path.readList() ? new AuditBatch(List.copyOf(path.items), List.copyOf(path.rejected)) : null;
    }

    private boolean readList() {
        int at = scan.space(text.offset());
        if (scan.byteAt(at) != '{') {
            return false;
        }
        int open = 0;
        do {
            at = scan.space(at + 1);
            int colon = scan.name(at);
            int value = colon == JsonScan.BAD ? JsonScan.BAD : scan.space(colon + 1);
            int after = value == JsonScan.BAD ? JsonScan.BAD : readMember(at, value);
            if (after == JsonScan.BAD || scan.hasEscape(at, colon)) {
                return false;
            }
            open |= scan.is(at, "kind") ? 1 : scan.is(at, "apiVersion") ? 2 : scan.is(at, "items") ? 4 : 0;
            at = scan.space(after);
        } while (scan.byteAt(at) == ',');
        boolean whole = scan.byteAt(at) == '}' && scan.space(at + 1) == text.offset() + text.length();
        return whole && open == 7;
    }

    private int readMember(int name, int value) {
        if (scan.is(name, "items")) {
            return items.isEmpty() && rejected.isEmpty() ? readItems(value) : JsonScan.BAD;
        }
        boolean typed = scan.is(name, "kind") && !scan.is(value, "EventList")
                || scan.is(name, "apiVersion") && !scan.is(value, EventCheck.API_VERSION);
        return typed ? JsonScan.BAD : scan.value(value);
    }

    private int readItems(int from) {
        if (scan.byteAt(from) != '[') {
            return JsonScan.BAD;
        }
        int at = scan.space(from + 1);
        if (scan.byteAt(at) == ']') {
            return at + 1;
        }
        for (int count = 0; count < limits.events(); count++) {
            int after = fields.read(scan, at);
            if (after == JsonScan.BAD) {
                return JsonScan.BAD;
            }
            judge(at, after, count);
            at = scan.space(after);
            if (scan.byteAt(at) != ',') {
                return scan.byteAt(at) == ']' ? at + 1 : JsonScan.BAD;
            }
            at = scan.space(at + 1);
        }
        return JsonScan.BAD;
    }

    private void judge(int from, int to, int count) {
        ByteSlice slice = new ByteSlice(text.array(), from, to - from);
        switch (check.judge(fields, slice, "items[" + count + "]", false)) {
            case AuditItem valid -> items.add(valid);
            case RejectedItem refused -> rejected.add(refused);
        }
    }
}
