package io.tidemark.revision.machine;

import java.util.List;
import java.util.TreeSet;

/**
 * The alarms that were raised and are not over.
 *
 * @param all each once, in their order
 */
public record Alarms(List<Alarm> all) {
    public static final Alarms NONE = new Alarms(List.of());

    public Alarms {
        all = List.copyOf(new TreeSet<>(all));
    }

    public boolean has(Alarm alarm) {
        return all.contains(alarm);
    }

    /** Whether any node raised such an alarm: it holds for all of them. */
    public boolean hasKind(int kind) {
        for (Alarm alarm : all) {
            if (alarm.kind() == kind) {
                return true;
            }
        }
        return false;
    }

    /** Those of a kind; all for 0. */
    public List<Alarm> ofKind(int kind) {
        return all.stream().filter(alarm -> kind == 0 || alarm.kind() == kind).toList();
    }

    public Alarms with(Alarm alarm) {
        TreeSet<Alarm> more = new TreeSet<>(all);
        more.add(alarm);
        return new Alarms(List.copyOf(more));
    }

    public Alarms without(Alarm alarm) {
        return new Alarms(all.stream().filter(other -> !other.equals(alarm)).toList());
    }
}
