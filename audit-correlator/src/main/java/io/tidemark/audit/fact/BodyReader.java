package io.tidemark.audit.fact;

import io.tidemark.schema.correlate.Owner;
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
    private final JsonCursor cursor;

    BodyReader(JsonCursor cursor) {
        this.cursor = cursor;
    }

    /** Reads the value before which the cursor stands. */
    Body read() {
        Body body = new Body(cursor.start());
        body.array = cursor.first() == '[';
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                readMember(body, cursor.name());
            }
        }
        body.end = cursor.end();
        return body;
    }

    private void readMember(Body body, String name) {
        switch (name) {
            case "kind" -> body.kind = cursor.sharedText();
            case "apiVersion" -> body.apiVersion = cursor.sharedText();
            case "metadata" -> readMetadata(body);
            case "items" -> readItems(body);
            case "spec" -> readSpec(body);
            default -> cursor.skip();
        }
    }

    /** Namespaces keep a second list of finalizers in their spec. */
    private void readSpec(Body body) {
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                if (cursor.name().equals("finalizers")) {
                    body.specFinalizers = countElements();
                } else {
                    cursor.skip();
                }
            }
        }
    }

    private void readItems(Body body) {
        if (cursor.enterArray()) {
            List<Body> items = new ArrayList<>();
            while (cursor.nextElement()) {
                items.add(read());
            }
            body.items = items;
        }
    }

    private void readMetadata(Body body) {
        if (!cursor.enterObject()) {
            return;
        }
        body.hasMetadata = true;
        int previousEnd = cursor.end();
        boolean first = true;
        while (cursor.nextMember()) {
            String name = cursor.name();
            if (name.equals("managedFields")) {
                int memberStart = cursor.memberStart();
                cursor.skip();
                cut(body, first, previousEnd, memberStart);
            } else {
                readMetadataMember(body, name);
            }
            previousEnd = cursor.end();
            first = false;
        }
    }

    /** The cut takes the comma with it: the one before the member, or, for a first member, the one behind. */
    private void cut(Body body, boolean first, int previousEnd, int memberStart) {
        body.cutStart = first ? memberStart : previousEnd;
        body.cutEnd = cursor.end();
        body.cutCommaBehind = first;
    }

    private void readMetadataMember(Body body, String name) {
        switch (name) {
            case "name" -> body.name = cursor.sharedText();
            case "namespace" -> body.namespace = cursor.sharedText();
            case "uid" -> body.uid = cursor.sharedText();
            case "resourceVersion" -> body.resourceVersion = cursor.text();
            case "generateName" -> body.generateName = cursor.text();
            case "creationTimestamp" -> body.creationTimestamp = cursor.sharedText();
            case "deletionTimestamp" -> body.deletionTimestamp = cursor.text();
            case "deletionGracePeriodSeconds" -> body.gracePeriodSeconds = wholeNumber();
            case "finalizers" -> body.finalizers = countElements();
            case "ownerReferences" -> body.owners = readOwners();
            case "labels" -> body.labels = readLabels();
            default -> cursor.skip();
        }
    }

    /** -1 when it is none. */
    private long wholeNumber() {
        byte first = cursor.first();
        String text = cursor.text();
        return first >= '0'
                        && first <= '9'
                        && text.length() <= 18
                        && text.chars().allMatch(Character::isDigit)
                ? Long.parseLong(text)
                : -1;
    }

    private List<Owner> readOwners() {
        List<Owner> owners = new ArrayList<>();
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                if (cursor.first() == '{') {
                    owners.add(readOwner());
                } else {
                    cursor.skip();
                }
            }
        }
        return owners;
    }

    private Owner readOwner() {
        String[] texts = {"", "", "", ""};
        boolean controller = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            switch (cursor.name()) {
                case "apiVersion" -> texts[0] = cursor.sharedText();
                case "kind" -> texts[1] = cursor.sharedText();
                case "name" -> texts[2] = cursor.sharedText();
                case "uid" -> texts[3] = cursor.sharedText();
                case "controller" -> {
                    boolean value = cursor.first() == 't';
                    cursor.skip();
                    controller |= value;
                }
                default -> cursor.skip();
            }
        }
        return new Owner(texts[0], texts[1], texts[2], texts[3], controller);
    }

    private Map<String, String> readLabels() {
        Map<String, String> labels = new HashMap<>();
        if (cursor.enterObject()) {
            while (cursor.nextMember()) {
                labels.put(cursor.sharedName(), cursor.sharedText());
            }
        }
        return labels;
    }

    private int countElements() {
        int count = 0;
        if (cursor.enterArray()) {
            while (cursor.nextElement()) {
                cursor.skip();
                count++;
            }
        }
        return count;
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
