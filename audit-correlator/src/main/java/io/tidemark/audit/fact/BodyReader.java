package io.tidemark.audit.fact;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.schema.correlate.Owner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads requestObject or responseObject in place: its metadata, and where in the event's bytes it and its managedFields
 * stand, so that the body can be cut out without writing it again.
 */
final class BodyReader {
    private final JsonParser parser;

    BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads the value the parser stands on (its first token is current) and leaves the parser on its last token. */
    Body read() throws IOException {
        Body body = new Body(offset());
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                readMember(body, parser.currentName());
            }
        } else {
            body.array = parser.currentToken() == JsonToken.START_ARRAY;
            parser.skipChildren();
        }
        body.end = (int) parser.currentLocation().getByteOffset();
        return body;
    }

    private void readMember(Body body, String name) throws IOException {
        parser.nextToken();
        switch (name) {
            case "kind" -> body.kind = text();
            case "apiVersion" -> body.apiVersion = text();
            case "metadata" -> readMetadata(body);
            case "items" -> readItems(body);
            case "spec" -> readSpec(body);
            default -> parser.skipChildren();
        }
    }

    /** Namespaces keep a second list of finalizers in their spec. */
    private void readSpec(Body body) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean finalizers = parser.currentName().equals("finalizers");
            parser.nextToken();
            if (finalizers) {
                body.specFinalizers = countElements();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readItems(Body body) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        List<Body> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read());
        }
        body.items = items;
    }

    private void readMetadata(Body body) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        body.hasMetadata = true;
        int previousEnd = offset() + 1;
        boolean first = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (name.equals("managedFields")) {
                int memberStart = offset();
                parser.nextToken();
                readManagedFields(body);
                cut(body, first, previousEnd, memberStart);
            } else {
                parser.nextToken();
                readMetadataMember(body, name);
            }
            previousEnd = (int) parser.currentLocation().getByteOffset();
            first = false;
        }
    }

    /** The cut takes the comma with it: the one before the member, or, for a first member, the one behind. */
    private void cut(Body body, boolean first, int previousEnd, int memberStart) {
        body.cutStart = first ? memberStart : previousEnd;
        body.cutEnd = (int) parser.currentLocation().getByteOffset();
        body.cutCommaBehind = first;
    }

    private void readMetadataMember(Body body, String name) throws IOException {
        switch (name) {
            case "name" -> body.name = text();
            case "namespace" -> body.namespace = text();
            case "uid" -> body.uid = text();
            case "resourceVersion" -> body.resourceVersion = text();
            case "generateName" -> body.generateName = text();
            case "creationTimestamp" -> body.creationTimestamp = text();
            case "deletionTimestamp" -> body.deletionTimestamp = text();
            case "deletionGracePeriodSeconds" ->
                body.gracePeriodSeconds =
                        parser.currentToken() == JsonToken.VALUE_NUMBER_INT ? parser.getLongValue() : -1;
            case "finalizers" -> body.finalizers = countElements();
            case "ownerReferences" -> body.owners = readOwners();
            case "labels" -> body.labels = readLabels();
            default -> parser.skipChildren();
        }
    }

    private void readManagedFields(Body body) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        body.managed = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                readManagedEntry(body);
            }
        }
    }

    private void readManagedEntry(Body body) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean time = parser.currentName().equals("time");
            parser.nextToken();
            if (time) {
                // fixed-width RFC 3339 in UTC with whole seconds: text order is time order
                String text = text();
                body.managedTime = text.compareTo(body.managedTime) > 0 ? text : body.managedTime;
            } else {
                parser.skipChildren();
            }
        }
    }

    private List<Owner> readOwners() throws IOException {
        List<Owner> owners = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return owners;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                owners.add(readOwner());
            } else {
                parser.skipChildren();
            }
        }
        return owners;
    }

    private Owner readOwner() throws IOException {
        Map<String, String> members = new HashMap<>();
        boolean controller = false;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            controller |= name.equals("controller") && parser.currentToken() == JsonToken.VALUE_TRUE;
            members.put(name, text());
        }
        return new Owner(
                members.getOrDefault("apiVersion", ""),
                members.getOrDefault("kind", ""),
                members.getOrDefault("name", ""),
                members.getOrDefault("uid", ""),
                controller);
    }

    private Map<String, String> readLabels() throws IOException {
        Map<String, String> labels = new HashMap<>();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return labels;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            labels.put(name, text());
        }
        return labels;
    }

    private int countElements() throws IOException {
        int count = 0;
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                count++;
            }
        } else {
            parser.skipChildren();
        }
        return count;
    }

    /** The scalar the parser stands on as text; anything else is skipped and counts as not set. */
    private String text() throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isStructStart() || token == JsonToken.VALUE_NULL) {
            parser.skipChildren();
            return "";
        }
        return parser.getText();
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** What was found; texts are empty and numbers -1 where the body does not have them. */
    static final class Body {
        final int start;
        int end;
        int cutStart;
        int cutEnd;
        boolean cutCommaBehind;
        boolean array;
        boolean hasMetadata;
        boolean managed;
        String managedTime = "";
        String kind = "";
        String apiVersion = "";
        String name = "";
        String generateName = "";
        String namespace = "";
        String uid = "";
        String resourceVersion = "";
        String creationTimestamp = "";
        String deletionTimestamp = "";
        long gracePeriodSeconds = -1;
        int finalizers;
        int specFinalizers;
        List<Owner> owners = List.of();
        Map<String, String> labels = Map.of();

        @Nullable
        List<Body> items;

        Body(int start) {
            this.start = start;
        }

        /** The body's bytes without managedFields. */
        byte[] slim(byte[] event) {
            if (cutEnd == 0) {
                return java.util.Arrays.copyOfRange(event, start, end);
            }
            int resume = cutEnd;
            if (cutCommaBehind) {
                while (event[resume] != '}' && event[resume - 1] != ',') {
                    resume++;
                }
            }
            byte[] slim = new byte[cutStart - start + end - resume];
            System.arraycopy(event, start, slim, 0, cutStart - start);
            System.arraycopy(event, resume, slim, cutStart - start, end - resume);
            return slim;
        }
    }
}
