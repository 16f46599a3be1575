package io.tidemark.kube;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tidemark.kube.StoredObject.Decoded;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Set;

/** Kubernetes' Secrets, whose contents people are not shown. */
public final class Secrets {
    /** As their kind is called. */
    public static final String KIND = "Secret";

    /** What stands in place of what is not shown. */
    private static final String MARK = "(masked)";

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> HOLDERS = Set.of("/data", "/stringData");
    /** The copy of it that kubectl leaves. */
    private static final String LAST_APPLIED =
            "/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration";

    private Secrets() {}

    public static boolean isOne(Decoded object) {
        return object.kind().equals(KIND) && object.apiVersion().equals("v1");
    }

    /** Its JSON, with the names of what it holds and a mark for each value. */
    public static String masked(Decoded secret) {
        StringWriter text = new StringWriter();
        try (JsonParser in = JSON.createParser(secret.json());
                JsonGenerator out = JSON.createGenerator(text)) {
            while (in.nextToken() != null) {
                out.copyCurrentEventExact(in);
                if (in.currentToken() == JsonToken.FIELD_NAME) {
                    member(in.getParsingContext().pathAsPointer().toString(), in, out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an object that was decoded is JSON", e);
        }
        return text.toString();
    }

    private static void member(String path, JsonParser in, JsonGenerator out) throws IOException {
        JsonToken value = in.nextToken();
        boolean holder = HOLDERS.contains(path);
        boolean names = value == JsonToken.START_OBJECT || value == JsonToken.VALUE_NULL;
        if (holder ? names : !isHeld(path)) {
            out.copyCurrentEventExact(in);
        } else {
            in.skipChildren();
            out.writeString(MARK);
        }
    }

    private static boolean isHeld(String path) {
        return path.equals(LAST_APPLIED) || HOLDERS.stream().anyMatch(holder -> path.startsWith(holder + "/"));
    }
}
