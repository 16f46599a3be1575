package io.tidemark.audit.diff;

import io.tidemark.audit.diff.FieldType.ListRule;
import org.jspecify.annotations.Nullable;

/** One walk through two versions of an object. */
final class Comparison {
    private final ChangeList changes;
    private final PathText path = new PathText();

    Comparison(ChangeList changes) {
        this.changes = changes;
    }

    /** Two members of the same name. */
    void member(Slices old, int i, Slices now, int j, String name, FieldType type, int depth) {
        int mark = path.mark();
        path.member(name);
        values(old, i, now, j, type, depth);
        path.back(mark);
    }

    void removedMember(Slices old, int i, String name) {
        int mark = path.mark();
        path.member(name);
        changes.removed(path, old, i);
        path.back(mark);
    }

    void addedMember(Slices now, int j, String name) {
        int mark = path.mark();
        path.member(name);
        changes.added(path, now, j);
        path.back(mark);
    }

    /** The members of metadata, which is an object or missing on either side. */
    void metadata(Pairing pairing, ObjectType type) {
        int mark = path.mark();
        path.member("metadata");
        roots(pairing, type, RootMembers.METADATA);
        path.back(mark);
    }

    private void values(Slices old, int i, Slices now, int j, FieldType type, int depth) {
        if (old.sameBytes(i, now, j)) {
            return;
        }
        byte first = old.first(i);
        byte other = now.first(j);
        if (first == '{' && other == '{' && depth < Sameness.MAX_DEPTH) {
            members(Pairing.of(old.text, old.start(i), now.text, now.start(j)), type.child(), depth + 1);
        } else if (first == '[' && other == '[' && type.lists() != ListRule.ATOMIC && depth < Sameness.MAX_DEPTH) {
            lists(old, i, now, j, type, depth + 1);
        } else {
            whole(old, i, now, j, depth);
        }
    }

    private void whole(Slices old, int i, Slices now, int j, int depth) {
        if (!Sameness.same(old, i, now, j, depth)) {
            changes.changed(path, old, i, now, j);
        }
    }

    private void members(Pairing pairing, ObjectType type, int depth) {
        Slices old = pairing.before;
        Slices now = pairing.after;
        for (int i = 0; i < old.size(); i++) {
            if (pairing.identical(i)) {
                continue;
            }
            String name = old.name(i);
            int j = pairing.afterOf(i);
            if (j == Pairing.NONE) {
                removedMember(old, i, name);
            } else {
                member(old, i, now, j, name, type.field(name), depth);
            }
        }
        for (int j = 0; j < now.size(); j++) {
            if (pairing.added(j)) {
                addedMember(now, j, now.name(j));
            }
        }
    }

    private void lists(Slices old, int i, Slices now, int j, FieldType type, int depth) {
        Slices was = Slices.elements(old.text, old.start(i));
        Slices is = Slices.elements(now.text, now.start(j));
        if (labelled(was, is, type, depth)) {
            return;
        }
        if (was.size() != is.size()) {
            whole(old, i, now, j, depth);
            return;
        }
        for (int k = 0; k < was.size(); k++) {
            int mark = path.mark();
            path.position(k);
            values(was, k, is, k, type, depth);
            path.back(mark);
        }
    }

    /** Compares element by element when both lists have labels for all their elements. */
    private boolean labelled(Slices was, Slices is, FieldType type, int depth) {
        return switch (type.lists()) {
            case ATOMIC -> false;
            case KEYED ->
                elements(ElementLabels.byKeys(was, type.keys()), ElementLabels.byKeys(is, type.keys()), type, depth);
            case SET -> elements(ElementLabels.byValue(was), ElementLabels.byValue(is), type, depth);
            case GUESSED ->
                elements(ElementLabels.byString(was, "name"), ElementLabels.byString(is, "name"), type, depth)
                        || elements(
                                ElementLabels.byString(was, "type"), ElementLabels.byString(is, "type"), type, depth)
                        || elements(ElementLabels.byString(was, "key"), ElementLabels.byString(is, "key"), type, depth);
        };
    }

    private boolean elements(@Nullable ElementLabels was, @Nullable ElementLabels is, FieldType type, int depth) {
        if (was == null || is == null) {
            return false;
        }
        for (int i = 0; i < was.size(); i++) {
            int mark = path.mark();
            path.element(was.label(i));
            int j = is.find(was.label(i), i);
            if (j == Pairing.NONE) {
                changes.removed(path, was.elements, i);
            } else {
                values(was.elements, i, is.elements, j, type, depth);
            }
            path.back(mark);
        }
        for (int j = 0; j < is.size(); j++) {
            if (was.find(is.label(j), j) == Pairing.NONE) {
                int mark = path.mark();
                path.element(is.label(j));
                changes.added(path, is.elements, j);
                path.back(mark);
            }
        }
        return true;
    }

    /** The members of two objects, noise and members that are not to be compared at all left out. */
    void roots(Pairing pairing, ObjectType type, RootMembers rule) {
        Slices old = pairing.before;
        Slices now = pairing.after;
        for (int i = 0; i < old.size(); i++) {
            if (pairing.identical(i) || rule.skipped(old, i)) {
                continue;
            }
            String name = old.name(i);
            int j = pairing.afterOf(i);
            if (j != Pairing.NONE) {
                member(old, i, now, j, name, type.field(name), 1);
            } else if (!rule.skippedAlone(old, i)) {
                removedMember(old, i, name);
            }
        }
        for (int j = 0; j < now.size(); j++) {
            if (pairing.added(j) && !rule.skipped(now, j) && !rule.skippedAlone(now, j)) {
                addedMember(now, j, now.name(j));
            }
        }
    }
}
