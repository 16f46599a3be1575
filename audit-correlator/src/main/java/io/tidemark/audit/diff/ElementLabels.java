package io.tidemark.audit.diff;

import io.tidemark.audit.diff.FieldType.ListKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The elements of one list under labels by which they are told apart: what stands between the brackets of a path. */
final class ElementLabels {
    final Slices elements;
    private final String[] labels;
    private final Map<String, Integer> indexes;

    private ElementLabels(Slices elements, String[] labels, Map<String, Integer> indexes) {
        this.elements = elements;
        this.labels = labels;
        this.indexes = indexes;
    }

    /** The elements by their keys; null when an element is no object, has none of the keys, or repeats another's. */
    static @Nullable ElementLabels byKeys(Slices elements, List<ListKey> keys) {
        return labelled(elements, index -> keyLabel(elements, index, keys));
    }

    /** The elements by one member that all have as a string; null when one has not, or repeats another's. */
    static @Nullable ElementLabels byString(Slices elements, String member) {
        return labelled(elements, index -> stringLabel(elements, index, member));
    }

    /** Scalars by their values; null when one is no scalar or repeats another. */
    static @Nullable ElementLabels byValue(Slices elements) {
        return labelled(elements, index -> valueLabel(elements, index));
    }

    int size() {
        return labels.length;
    }

    String label(int index) {
        return labels[index];
    }

    /** Index of the element with that label, near a given one first; {@link Pairing#NONE} when there is none. */
    int find(String label, int near) {
        if (near < labels.length && labels[near].equals(label)) {
            return near;
        }
        return indexes.getOrDefault(label, Pairing.NONE);
    }

    private interface Labelling {
        @Nullable
        String label(int index);
    }

    private static @Nullable ElementLabels labelled(Slices elements, Labelling labelling) {
        String[] labels = new String[elements.size()];
        Map<String, Integer> indexes = HashMap.newHashMap(labels.length);
        for (int i = 0; i < labels.length; i++) {
            String label = labelling.label(i);
            if (label == null || indexes.put(label, i) != null) {
                return null;
            }
            labels[i] = label;
        }
        return new ElementLabels(elements, labels, indexes);
    }

    private static @Nullable String keyLabel(Slices elements, int index, List<ListKey> keys) {
        if (elements.first(index) != '{') {
            return null;
        }
        Slices members = Slices.members(elements.text, elements.start(index));
        StringBuilder label = new StringBuilder();
        boolean present = false;
        for (ListKey key : keys) {
            int member = members.find(key.name());
            if (member == Pairing.NONE && key.fallback() == null) {
                continue;
            }
            label.append(label.isEmpty() ? "" : ",").append(key.name()).append('=');
            if (member == Pairing.NONE) {
                label.append(key.fallback());
            } else if (members.first(member) == '"') {
                PathText.keyValue(members.string(member), label);
                present = true;
            } else if (isScalar(members.first(member))) {
                label.append(members.raw(member));
                present = true;
            } else {
                return null;
            }
        }
        return present ? label.toString() : null;
    }

    private static @Nullable String stringLabel(Slices elements, int index, String name) {
        if (elements.first(index) != '{') {
            return null;
        }
        Slices members = Slices.members(elements.text, elements.start(index));
        int member = members.find(name);
        if (member == Pairing.NONE || members.first(member) != '"') {
            return null;
        }
        StringBuilder label = new StringBuilder(name).append('=');
        PathText.keyValue(members.string(member), label);
        return label.toString();
    }

    private static @Nullable String valueLabel(Slices elements, int index) {
        byte first = elements.first(index);
        if (first == '"') {
            StringBuilder label = new StringBuilder();
            PathText.quote(elements.string(index), label);
            return label.toString();
        }
        return isScalar(first) ? "=" + elements.raw(index) : null;
    }

    private static boolean isScalar(byte first) {
        return first != '{' && first != '[';
    }
}
