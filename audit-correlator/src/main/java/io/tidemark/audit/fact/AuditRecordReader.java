package io.tidemark.audit.fact;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.schema.audit.FailureCause;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads one audit event in a single pass over its bytes. */
final class AuditRecordReader {
    private static final JsonFactory JSON = new JsonFactory();

    private final JsonParser parser;
    private final AuditRecord record;

    private AuditRecordReader(JsonParser parser, AuditRecord record) {
        this.parser = parser;
        this.record = record;
    }

    /**
     * Reads an event.
     *
     * @throws UnreadableEventException when the bytes are not one JSON object; doors let no such event through
     */
    static AuditRecord read(byte[] json) {
        AuditRecord record = new AuditRecord(json);
        try (JsonParser parser = JSON.createParser(json)) {
            parser.nextToken();
            new AuditRecordReader(parser, record).members();
            return record;
        } catch (IOException e) {
            throw new UnreadableEventException(e);
        }
    }

    private void members() throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            switch (name) {
                case "level" -> record.level = text();
                case "stage" -> record.stage = text();
                case "auditID" -> record.auditId = text();
                case "verb" -> record.verb = text();
                case "requestURI" -> record.uri = text();
                case "userAgent" -> record.userAgent = text();
                case "sourceIPs" -> record.sourceIps = texts();
                case "user" -> readUser();
                case "impersonatedUser" -> readImpersonated();
                case "authenticationMetadata" -> readAuthentication();
                case "objectRef" -> readObjectRef();
                case "responseStatus" -> readStatus();
                case "annotations" -> readAnnotations();
                case "requestObject" -> record.request = new BodyReader(parser).read();
                case "responseObject" -> record.response = new BodyReader(parser).read();
                default -> parser.skipChildren();
            }
        }
    }

    private void readUser() throws IOException {
        eachMember(name -> {
            switch (name) {
                case "username" -> record.user = text();
                case "groups" -> record.groups = texts();
                default -> parser.skipChildren();
            }
        });
    }

    private void readImpersonated() throws IOException {
        eachMember(name -> {
            if (name.equals("username")) {
                record.impersonated = text();
            } else {
                parser.skipChildren();
            }
        });
    }

    private void readAuthentication() throws IOException {
        eachMember(name -> {
            if (name.equals("impersonationConstraint")) {
                record.impersonationConstraint = text();
            } else {
                parser.skipChildren();
            }
        });
    }

    private void readObjectRef() throws IOException {
        eachMember(name -> {
            switch (name) {
                case "resource" -> record.resource = text();
                case "apiGroup" -> record.group = text();
                case "apiVersion" -> record.version = text();
                case "namespace" -> record.namespace = text();
                case "name" -> record.name = text();
                case "subresource" -> record.subresource = text();
                case "uid" -> record.uid = text();
                case "resourceVersion" -> record.resourceVersion = text();
                default -> parser.skipChildren();
            }
        });
    }

    private void readStatus() throws IOException {
        eachMember(name -> {
            switch (name) {
                case "code" -> record.code = parser.getValueAsInt();
                case "reason" -> record.reason = text();
                case "message" -> record.message = text();
                case "details" -> readDetails();
                default -> parser.skipChildren();
            }
        });
    }

    private void readDetails() throws IOException {
        eachMember(name -> {
            switch (name) {
                case "uid" -> record.detailsUid = text();
                case "causes" -> record.causes = causes();
                default -> parser.skipChildren();
            }
        });
    }

    private List<FailureCause> causes() throws IOException {
        List<FailureCause> causes = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return causes;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String[] cause = {"", "", ""};
            eachMember(name -> {
                switch (name) {
                    case "reason" -> cause[0] = text();
                    case "field" -> cause[1] = text();
                    case "message" -> cause[2] = text();
                    default -> parser.skipChildren();
                }
            });
            causes.add(new FailureCause(cause[0], cause[1], cause[2]));
        }
        return causes;
    }

    private void readAnnotations() throws IOException {
        eachMember(name -> record.annotations.put(name, text()));
    }

    private void eachMember(MemberReader reader) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            reader.read(name);
        }
    }

    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return texts;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            texts.add(text());
        }
        return texts;
    }

    private String text() throws IOException {
        if (parser.currentToken().isStructStart() || parser.currentToken() == JsonToken.VALUE_NULL) {
            parser.skipChildren();
            return "";
        }
        return parser.getText();
    }

    /** Reads one member's value, on whose first token the parser stands. */
    private interface MemberReader {
        void read(String name) throws IOException;
    }
}
