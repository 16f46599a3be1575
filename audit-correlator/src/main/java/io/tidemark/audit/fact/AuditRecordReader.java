package io.tidemark.audit.fact;

import io.tidemark.audit.diff.UnreadableBodyException;
import io.tidemark.schema.audit.FailureCause;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads one audit event in a single pass over its bytes. */
final class AuditRecordReader {
    /** Every name that is looked for in an event and in its bodies. */
    private static final KnownNames NAMES = new KnownNames(
            "level",
            "stage",
            "auditID",
            "verb",
            "requestURI",
            "userAgent",
            "sourceIPs",
            "user",
            "username",
            "groups",
            "impersonatedUser",
            "authenticationMetadata",
            "impersonationConstraint",
            "objectRef",
            "resource",
            "apiGroup",
            "apiVersion",
            "namespace",
            "name",
            "subresource",
            "uid",
            "resourceVersion",
            "responseStatus",
            "code",
            "reason",
            "message",
            "details",
            "causes",
            "field",
            "annotations",
            "requestObject",
            "responseObject",
            "kind",
            "metadata",
            "items",
            "spec",
            "finalizers",
            "managedFields",
            "generateName",
            "creationTimestamp",
            "deletionTimestamp",
            "deletionGracePeriodSeconds",
            "ownerReferences",
            "controller",
            "labels");

    private static final SharedTexts<List<String>> LISTS = new SharedTexts<>(AuditRecordReader::texts);

    private final JsonCursor cursor;
    private final AuditRecord record;

    private AuditRecordReader(JsonCursor cursor, AuditRecord record) {
        this.cursor = cursor;
        this.record = record;
    }

    /**
     * Reads an event.
     *
     * @throws UnreadableEventException when the bytes are not one JSON object; doors let no such event through
     */
    static AuditRecord read(byte[] json) {
        AuditRecord record = new AuditRecord(json);
        try {
            new AuditRecordReader(new JsonCursor(json, NAMES), record).members();
            return record;
        } catch (UnreadableBodyException e) {
            throw new UnreadableEventException(e);
        }
    }

    private void members() {
        if (!cursor.enterObject()) {
            throw new UnreadableEventException("it is no object");
        }
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "level" -> record.level = cursor.sharedText();
                case "stage" -> record.stage = cursor.sharedText();
                case "auditID" -> record.auditId = cursor.text();
                case "verb" -> record.verb = cursor.sharedText();
                case "requestURI" -> record.uri = cursor.text();
                case "userAgent" -> record.userAgent = cursor.sharedText();
                case "sourceIPs" -> record.sourceIps = sharedTexts();
                case "user" -> readUser();
                case "impersonatedUser" -> readImpersonated();
                case "authenticationMetadata" -> readAuthentication();
                case "objectRef" -> readObjectRef();
                case "responseStatus" -> readStatus();
                case "annotations" -> readAnnotations();
                case "requestObject" -> record.request = new BodyReader(cursor).read();
                case "responseObject" -> record.response = new BodyReader(cursor).read();
                default -> cursor.skip();
            }
        }
    }

    private void readUser() {
        eachMember(name -> {
            switch (name) {
                case "username" -> record.user = cursor.sharedText();
                case "groups" -> record.groups = sharedTexts();
                default -> cursor.skip();
            }
        });
    }

    private void readImpersonated() {
        eachMember(name -> {
            if (name.equals("username")) {
                record.impersonated = cursor.sharedText();
            } else {
                cursor.skip();
            }
        });
    }

    private void readAuthentication() {
        eachMember(name -> {
            if (name.equals("impersonationConstraint")) {
                record.impersonationConstraint = cursor.sharedText();
            } else {
                cursor.skip();
            }
        });
    }

    private void readObjectRef() {
        eachMember(name -> {
            switch (name) {
                case "resource" -> record.resource = cursor.sharedText();
                case "apiGroup" -> record.group = cursor.sharedText();
                case "apiVersion" -> record.version = cursor.sharedText();
                case "namespace" -> record.namespace = cursor.sharedText();
                case "name" -> record.name = cursor.sharedText();
                case "subresource" -> record.subresource = cursor.sharedText();
                case "uid" -> record.uid = cursor.sharedText();
                case "resourceVersion" -> record.resourceVersion = cursor.text();
                default -> cursor.skip();
            }
        });
    }

    private void readStatus() {
        eachMember(name -> {
            switch (name) {
                case "code" -> record.code = number(cursor.text());
                case "reason" -> record.reason = cursor.sharedText();
                case "message" -> record.message = cursor.text();
                case "details" -> readDetails();
                default -> cursor.skip();
            }
        });
    }

    private void readDetails() {
        eachMember(name -> {
            switch (name) {
                case "uid" -> record.detailsUid = cursor.text();
                case "causes" -> record.causes = causes();
                default -> cursor.skip();
            }
        });
    }

    private List<FailureCause> causes() {
        List<FailureCause> causes = new ArrayList<>();
        if (!cursor.enterArray()) {
            return causes;
        }
        while (cursor.nextElement()) {
            String[] cause = {"", "", ""};
            eachMember(name -> {
                switch (name) {
                    case "reason" -> cause[0] = cursor.text();
                    case "field" -> cause[1] = cursor.text();
                    case "message" -> cause[2] = cursor.text();
                    default -> cursor.skip();
                }
            });
            causes.add(new FailureCause(cause[0], cause[1], cause[2]));
        }
        return causes;
    }

    private void readAnnotations() {
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                record.annotations.put(cursor.sharedName(), cursor.sharedText());
            }
        }
    }

    private void eachMember(MemberReader reader) {
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                reader.read(cursor.name());
            }
        }
    }

    private List<String> sharedTexts() {
        int from = cursor.start();
        cursor.skip();
        return LISTS.get(record.json, from, cursor.end());
    }

    private static List<String> texts(byte[] json, int from, int to) {
        JsonCursor cursor = new JsonCursor(Arrays.copyOfRange(json, from, to), NAMES);
        List<String> texts = new ArrayList<>();
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                texts.add(cursor.text());
            }
        }
        return List.copyOf(texts);
    }

    /** A whole number; 0 for anything else, which the API server does not write. */
    private static int number(String text) {
        return (int) RequestFact.decimal(text);
    }

    /** Reads one member's value, before which the cursor stands. */
    private interface MemberReader {
        void read(String name);
    }
}
