package io.tidemark.query.span;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.FailureCause;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.PhaseDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in a span besides its fields: its words and its changed paths, as sets and within bounds. */
public final class SpanText {
    /** Most words of one span by which it can be found; further ones are left out. */
    static final int MOST_WORDS = 256;

    /** Most words that changed values may add; a whole new status would else outweigh the rest. */
    static final int MOST_CHANGE_WORDS = 48;

    /** Changed values longer than this are documents, not values that people look for. */
    private static final int LONGEST_VALUE = 256;

    /** Larger ones are whole specs of new objects. */
    private static final int LONGEST_MAP = 1024;

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private SpanText() {}

    public static Set<String> words(Span span) {
        Set<String> words = new HashSet<>();
        ObjectIdentity object = span.getObject();
        add(words, object.getName(), object.getNamespace(), object.getResource(), object.getKind());
        switch (span.getDetail()) {
            case RequestDetail request -> request(request, words);
            case EventDetail event ->
                add(
                        words,
                        event.getType(),
                        event.getReason(),
                        event.getAction(),
                        event.getReporter(),
                        event.getRelated(),
                        event.getMessage());
            case ItemDetail item -> add(words, item.getUser());
            case ObjectDetail life -> life.getLabels().forEach((key, value) -> add(words, key, value));
            case PhaseDetail phase -> add(words, phase.getName());
            default ->
                throw new IllegalStateException("span detail of unknown kind "
                        + span.getDetail().getClass().getName());
        }
        return words;
    }

    /** Every path at which the span changed something, see {@link ChangedPaths}. */
    public static Set<String> changedPaths(Span span) {
        if (!(span.getDetail() instanceof RequestDetail request)
                || request.getChanges().isEmpty()) {
            return Set.of();
        }
        Set<String> paths = new HashSet<>();
        for (Change change : request.getChanges()) {
            ChangedPaths.index(change.getPath(), paths);
            members(change, paths);
        }
        return paths;
    }

    /** A small map that came or went as a whole (the first label, say) changed each of its members, too. */
    private static void members(Change change, Set<String> paths) {
        String whole = change.getBefore() == null ? change.getAfter() : change.getBefore();
        boolean oneSided = change.getBefore() == null || change.getAfter() == null;
        if (whole == null || !oneSided || whole.length() > LONGEST_MAP || !whole.startsWith("{")) {
            return;
        }
        List<String> names = new ArrayList<>();
        try (JsonParser json = JSON.createParser(whole)) {
            json.nextToken();
            for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                names.add(name);
                json.nextToken();
                json.skipChildren();
            }
        } catch (IOException e) {
            return; // cut by the bound on values: its members cannot be told
        }
        for (String name : names) {
            ChangedPaths.index(
                    change.getPath() + (IDENTIFIER.matcher(name).matches() ? "." + name : "[\"" + name + "\"]"), paths);
        }
    }

    private static void request(RequestDetail request, Set<String> words) {
        add(
                words,
                request.getVerb(),
                request.getSubresource(),
                request.getUser(),
                request.getImpersonated(),
                request.getReason(),
                request.getTarget(),
                request.getMessage(),
                request.getAdmission());
        for (FailureCause cause : request.getCauses()) {
            add(words, cause.getReason(), cause.getField(), cause.getMessage());
        }
        int most = Math.min(MOST_WORDS, words.size() + MOST_CHANGE_WORDS);
        List<Change> changes = request.getChanges();
        for (int i = 0; i < changes.size() && words.size() < most; i++) {
            value(changes.get(i).getBefore(), words, most);
            value(changes.get(i).getAfter(), words, most);
        }
    }

    private static void value(@Nullable String json, Set<String> words, int most) {
        if (json != null && json.length() <= LONGEST_VALUE && !isTime(json)) {
            Words.index(json, words, most);
        }
    }

    /** Every status change holds times; nobody looks for one by its digits, and they would be most of the words. */
    private static boolean isTime(String json) {
        return json.length() >= 22
                && json.length() <= 32
                && json.charAt(0) == '"'
                && json.charAt(11) == 'T'
                && json.charAt(14) == ':'
                && Character.isDigit(json.charAt(1));
    }

    private static void add(Set<String> words, String... texts) {
        for (String text : texts) {
            Words.index(text, words, MOST_WORDS);
        }
    }
}
