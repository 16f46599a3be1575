package io.tidemark.audit.diff;

import org.jspecify.annotations.Nullable;

/**
 * Compares two versions of one Kubernetes object, as JSON bytes.
 *
 * <p>metadata.managedFields, metadata.resourceVersion and metadata.generation are left out, everything else is reported:
 *
 * <ul>
 *   <li>An added or removed subtree is one change at its root. Where one side is missing altogether (creation, deletion)
 *       the changes are the members of metadata and the other top-level members, apiVersion and kind aside.
 *   <li>Elements of a list with keys are matched by them; their order is no change. A missing protocol is TCP. When an
 *       element has none of the keys, or two have the same, the list is matched by position, or, when the lengths differ,
 *       reported as a whole.
 *   <li>Members of a set are added or removed. An atomic list is one change of the whole list.
 *   <li>Where no schema is known (custom resources apart from their metadata, free-form fields), elements that all have a
 *       unique string {@code name}, else {@code type}, else {@code key}, on both sides, are matched by it; other lists by
 *       position, or as a whole when the lengths differ.
 *   <li>Equal means equal as JSON: white space, escapes, order of members and spelling of numbers are no change.
 * </ul>
 *
 * <p>The order of the changes is that of the members before, added ones behind them in their order after; metadata comes
 * first. Instances are immutable and safe for use by many threads.
 */
public final class ObjectDiff {
    private final DiffLimits limits;

    /** A diff that reports no more than the limits allow. */
    public ObjectDiff(DiffLimits limits) {
        this.limits = limits;
    }

    /**
     * The changes from one version to the next.
     *
     * @param before JSON object; null or empty when the object did not exist
     * @param after JSON object; null or empty when it exists no longer
     * @param type type of the object, see {@link RootType#of}
     * @throws UnreadableBodyException when a body is no JSON object
     */
    public Changes between(byte @Nullable [] before, byte @Nullable [] after, RootType type) {
        JsonText old = text(before);
        JsonText now = text(after);
        ChangeList changes = new ChangeList(limits);
        Comparison comparison = new Comparison(changes);
        Pairing pairing = pairing(old, now);
        metadata(pairing, comparison, type.type().field("metadata"));
        comparison.roots(pairing, type.type(), RootMembers.OBJECT);
        return changes.done();
    }

    /**
     * The changes of metadata alone, for bodies that hold nothing else (PartialObjectMetadata) on one side or both.
     *
     * @param before JSON object; null or empty when the object did not exist
     * @param after JSON object; null or empty when it exists no longer
     * @throws UnreadableBodyException when a body is no JSON object
     */
    public Changes metadataBetween(byte @Nullable [] before, byte @Nullable [] after) {
        JsonText old = text(before);
        JsonText now = text(after);
        ChangeList changes = new ChangeList(limits);
        metadata(
                pairing(old, now),
                new Comparison(changes),
                RootType.of("", "").type().field("metadata"));
        return changes.done();
    }

    private static void metadata(Pairing pairing, Comparison comparison, FieldType type) {
        int i = pairing.before.find("metadata");
        int j = pairing.after.find("metadata");
        if (i == Pairing.NONE && j == Pairing.NONE) {
            return;
        }
        if (i != Pairing.NONE && pairing.identical(i)) {
            return;
        }
        if (isObject(pairing.before, i) && isObject(pairing.after, j)) {
            comparison.metadata(inside(pairing.before, i, pairing.after, j), type.child());
        } else if (i == Pairing.NONE) {
            comparison.addedMember(pairing.after, j, "metadata");
        } else if (j == Pairing.NONE) {
            comparison.removedMember(pairing.before, i, "metadata");
        } else {
            comparison.member(pairing.before, i, pairing.after, j, "metadata", type, 1);
        }
    }

    private static Pairing inside(Slices old, int i, Slices now, int j) {
        JsonText before = i == Pairing.NONE ? JsonText.emptyObject() : old.text;
        JsonText after = j == Pairing.NONE ? JsonText.emptyObject() : now.text;
        return Pairing.of(before, i == Pairing.NONE ? 0 : old.start(i), after, j == Pairing.NONE ? 0 : now.start(j));
    }

    private static boolean isObject(Slices members, int index) {
        return index == Pairing.NONE || members.first(index) == '{';
    }

    private static JsonText text(byte @Nullable [] body) {
        return body == null || body.length == 0 ? JsonText.emptyObject() : new JsonText(body);
    }

    private static Pairing pairing(JsonText before, JsonText after) {
        return Pairing.of(before, before.open(), after, after.open());
    }
}
