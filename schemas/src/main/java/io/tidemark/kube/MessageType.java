package io.tidemark.kube;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A message and its fields, in the order in which they stand in JSON. */
final class MessageType {
    private static final int NONE = -1;

    private final String name;
    private FieldType[] fields = {};
    private int[] indexByNumber = {};

    MessageType(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Adds the fields; they may lead back to this message. */
    void define(List<FieldType> found) {
        fields = new ArrayList<>(found).toArray(FieldType[]::new);
        int highest = found.stream().mapToInt(FieldType::number).max().orElse(0);
        indexByNumber = new int[highest + 1];
        Arrays.fill(indexByNumber, NONE);
        for (int i = 0; i < fields.length; i++) {
            indexByNumber[fields[i].number()] = i;
        }
    }

    int size() {
        return fields.length;
    }

    FieldType field(int index) {
        return fields[index];
    }

    /** Index of the field with that number, -1 when there is none. */
    int indexOf(int number) {
        return number < indexByNumber.length ? indexByNumber[number] : NONE;
    }
}
