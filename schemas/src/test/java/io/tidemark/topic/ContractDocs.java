package io.tidemark.topic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** Finds fields of a contract that do not say what they are, or numbers that do not say of what. */
final class ContractDocs {
    private static final Pattern UNIT_IN_NAME = Pattern.compile(".*(Micros|Bytes)");

    private final Set<String> seen = new HashSet<>();
    private final List<String> undocumented = new ArrayList<>();
    private final List<String> withoutUnit = new ArrayList<>();

    private ContractDocs() {}

    static ContractDocs of(Schema schema) {
        ContractDocs docs = new ContractDocs();
        docs.visit(schema);
        return docs;
    }

    List<String> undocumented() {
        return undocumented;
    }

    List<String> withoutUnit() {
        return withoutUnit;
    }

    private void visit(Schema schema) {
        switch (schema.getType()) {
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> visit(schema, field));
                }
            }
            case UNION -> schema.getTypes().forEach(this::visit);
            case ARRAY -> visit(schema.getElementType());
            case MAP -> visit(schema.getValueType());
            default -> {}
        }
    }

    private void visit(Schema record, Schema.Field field) {
        String name = record.getFullName() + "." + field.name();
        if (field.doc() == null || field.doc().isBlank()) {
            undocumented.add(name);
        }
        if (isBareNumber(field.schema())
                && field.getProp("unit") == null
                && !UNIT_IN_NAME.matcher(field.name()).matches()) {
            withoutUnit.add(name);
        }
        visit(field.schema());
    }

    private static boolean isBareNumber(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG, FLOAT, DOUBLE -> schema.getLogicalType() == null;
            case UNION -> schema.getTypes().stream().anyMatch(ContractDocs::isBareNumber);
            case ARRAY -> isBareNumber(schema.getElementType());
            case MAP -> isBareNumber(schema.getValueType());
            default -> false;
        };
    }
}
