package io.tidemark.ingest.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The identity fields of one event, picked from a running parser in one pass; bodies are skipped. Belongs to one
 * reader and is used again for each event.
 */
final class EventFields {
    @Nullable
    String kind;

    @Nullable
    String apiVersion;

    @Nullable
    String auditId;

    @Nullable
    String stage;

    @Nullable
    String verb;

    @Nullable
    String requestUri;

    @Nullable
    String received;

    @Nullable
    String staged;

    private @Nullable String group;
    private @Nullable String resource;
    private @Nullable String namespace;
    private @Nullable String name;
    private @Nullable String subresource;
    private @Nullable String responseName;
    private boolean unplain;

    /** The first field of another JSON type than the API says, and what it holds. */
    @Nullable
    String wrongType;

    /** Reads the event whose START_OBJECT is the current token, up to its END_OBJECT. */
    void read(JsonParser p) throws IOException {
        clear();
        for (String field = p.nextFieldName(); field != null; field = p.nextFieldName()) {
            JsonToken token = p.nextToken();
            switch (field) {
                case "kind" -> kind = text(p, token, field);
                case "apiVersion" -> apiVersion = text(p, token, field);
                case "auditID" -> auditId = text(p, token, field);
                case "stage" -> stage = text(p, token, field);
                case "verb" -> verb = text(p, token, field);
                case "requestURI" -> requestUri = text(p, token, field);
                case "requestReceivedTimestamp" -> received = text(p, token, field);
                case "stageTimestamp" -> staged = text(p, token, field);
                case "objectRef" -> readObjectRef(p, token);
                case "responseObject" -> readResponse(p, token);
                default -> p.skipChildren();
            }
        }
    }

    /**
     * Reads the event that begins at the offset of a text.
     *
     * @return the offset behind it; {@link JsonScan#BAD} when it is not plain: the parser has to read it then
     */
    int read(JsonScan scan, int from) {
        clear();
        int after = scan.members(from, this::take);
        return unplain ? JsonScan.BAD : after;
    }

    private void take(JsonScan scan, int member, int value, int after) {
        if (scan.is(member, "auditID")) {
            auditId = plain(scan, value, after);
        } else if (scan.is(member, "stage")) {
            stage = plain(scan, value, after);
        } else if (scan.is(member, "verb")) {
            verb = plain(scan, value, after);
        } else if (scan.is(member, "kind")) {
            kind = plain(scan, value, after);
        } else if (scan.is(member, "apiVersion")) {
            apiVersion = plain(scan, value, after);
        } else if (scan.is(member, "requestURI")) {
            // is full of escapes, and only asked whether it is empty
            boolean text = scan.byteAt(value) == '"';
            requestUri = text ? scan.raw(value + 1, after - 1) : plain(scan, value, after);
        } else if (scan.is(member, "requestReceivedTimestamp")) {
            received = plain(scan, value, after);
        } else if (scan.is(member, "stageTimestamp")) {
            staged = plain(scan, value, after);
        } else if (scan.is(member, "objectRef")) {
            group = resource = namespace = name = subresource = null;
            boolean object = scan.byteAt(value) == '{';
            boolean read = object ? scan.members(value, this::takeOfObjectRef) > 0 : scan.byteAt(value) == 'n';
            unplain |= !read;
        } else if (scan.is(member, "responseObject")) {
            takeResponse(scan, value);
        } else {
            unplain |= scan.hasEscape(member, value);
        }
    }

    private void takeOfObjectRef(JsonScan scan, int member, int value, int after) {
        if (scan.is(member, "apiGroup")) {
            group = plain(scan, value, after);
        } else if (scan.is(member, "resource")) {
            resource = plain(scan, value, after);
        } else if (scan.is(member, "namespace")) {
            namespace = plain(scan, value, after);
        } else if (scan.is(member, "name")) {
            name = plain(scan, value, after);
        } else if (scan.is(member, "subresource")) {
            subresource = plain(scan, value, after);
        } else {
            unplain |= scan.hasEscape(member, value);
        }
    }

    /** See {@link #readResponse}. */
    private void takeResponse(JsonScan scan, int value) {
        boolean nameKnown = name != null && !name.isEmpty();
        boolean noCreate = verb != null && !verb.equals("create");
        responseName = null;
        if (scan.byteAt(value) != '{' || nameKnown || noCreate) {
            return;
        }
        ResponseName found = new ResponseName();
        unplain = scan.members(value, found::take) < 0 || found.unplain || unplain;
        responseName = found.status ? null : found.name;
    }

    /** The name of the object in an answer. */
    private static final class ResponseName {
        private @Nullable String name;
        private boolean status;
        private boolean unplain;

        void take(JsonScan scan, int member, int value, int after) {
            boolean text = scan.byteAt(value) == '"';
            if (scan.is(member, "kind") && text) {
                status = scan.is(value, "Status");
                unplain |= scan.hasEscape(value, after);
            } else if (scan.is(member, "metadata") && scan.byteAt(value) == '{') {
                name = null;
                boolean read = scan.members(value, this::takeOfMetadata) > 0;
                unplain |= !read;
            } else {
                unplain |= scan.hasEscape(member, value);
            }
        }

        private void takeOfMetadata(JsonScan scan, int member, int value, int after) {
            if (scan.is(member, "name") && scan.byteAt(value) == '"') {
                name = scan.raw(value + 1, after - 1);
                unplain |= scan.hasEscape(value, after);
            } else {
                unplain |= scan.hasEscape(member, value);
            }
        }
    }

    /** The string; null for null; of anything else the parser has to tell what is wrong. */
    private @Nullable String plain(JsonScan scan, int value, int after) {
        boolean text = scan.byteAt(value) == '"';
        unplain |= text ? scan.hasEscape(value, after) : scan.byteAt(value) != 'n';
        return text ? scan.raw(value + 1, after - 1) : null;
    }

    /** What the request was about; the name of a create without one is that of the object in the answer. */
    ObjectRef object() {
        if (resource == null) {
            return ObjectRef.NONE;
        }
        String known = orEmpty(name);
        boolean nameless = known.isEmpty() && "create".equals(verb);
        return new ObjectRef(
                orEmpty(group),
                resource,
                orEmpty(namespace),
                nameless ? orEmpty(responseName) : known,
                orEmpty(subresource));
    }

    private void readObjectRef(JsonParser p, JsonToken token) throws IOException {
        group = resource = namespace = name = subresource = null;
        if (!isObject(p, token, "objectRef")) {
            return;
        }
        for (String field = p.nextFieldName(); field != null; field = p.nextFieldName()) {
            JsonToken value = p.nextToken();
            switch (field) {
                case "apiGroup" -> group = text(p, value, "objectRef.apiGroup");
                case "resource" -> resource = text(p, value, "objectRef.resource");
                case "namespace" -> namespace = text(p, value, "objectRef.namespace");
                case "name" -> name = text(p, value, "objectRef.name");
                case "subresource" -> subresource = text(p, value, "objectRef.subresource");
                default -> p.skipChildren();
            }
        }
    }

    private void readResponse(JsonParser p, JsonToken token) throws IOException {
        boolean nameKnown = name != null && !name.isEmpty();
        boolean noCreate = verb != null && !verb.equals("create");
        responseName = null;
        if (token != JsonToken.START_OBJECT || nameKnown || noCreate) {
            p.skipChildren();
            return;
        }
        String found = null;
        boolean status = false;
        for (String field = p.nextFieldName(); field != null; field = p.nextFieldName()) {
            JsonToken value = p.nextToken();
            if (field.equals("kind") && value == JsonToken.VALUE_STRING) {
                status = p.getText().equals("Status");
            } else if (field.equals("metadata") && value == JsonToken.START_OBJECT) {
                found = metadataName(p);
            } else {
                p.skipChildren();
            }
        }
        responseName = status ? null : found;
    }

    private static @Nullable String metadataName(JsonParser p) throws IOException {
        String found = null;
        for (String field = p.nextFieldName(); field != null; field = p.nextFieldName()) {
            JsonToken value = p.nextToken();
            if (field.equals("name") && value == JsonToken.VALUE_STRING) {
                found = p.getText();
            } else {
                p.skipChildren();
            }
        }
        return found;
    }

    private @Nullable String text(JsonParser p, JsonToken token, String field) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return p.getText();
        }
        if (token != JsonToken.VALUE_NULL) {
            wrongType(field + ": expected a string, found " + name(token));
            p.skipChildren();
        }
        return null;
    }

    private boolean isObject(JsonParser p, JsonToken token, String field) throws IOException {
        if (token == JsonToken.START_OBJECT) {
            return true;
        }
        if (token != JsonToken.VALUE_NULL) {
            wrongType(field + ": expected an object, found " + name(token));
            p.skipChildren();
        }
        return false;
    }

    private void wrongType(String what) {
        if (wrongType == null) {
            wrongType = what;
        }
    }

    private void clear() {
        unplain = false;
        kind = apiVersion = auditId = stage = verb = requestUri = received = staged = wrongType = null;
        group = resource = namespace = name = subresource = responseName = null;
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** What a JSON value is called in messages. */
    static String name(@Nullable JsonToken token) {
        if (token == null) {
            return "nothing";
        }
        return token.isNumeric()
                ? "a number"
                : token.isBoolean()
                        ? "a boolean"
                        : token == JsonToken.START_ARRAY
                                ? "an array"
                                : token == JsonToken.START_OBJECT
                                        ? "an object"
                                        : token == JsonToken.VALUE_NULL ? "null" : "a string";
    }
}
