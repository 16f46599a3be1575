package io.tidemark.query.http;

import io.tidemark.query.span.Condition;
import io.tidemark.query.span.ObjectFilter;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.Words;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.SpanKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Query parameters as filters. {@code core} and {@code -} stand for the empty group and namespace. */
final class Filters {
    /** Parameters of a search or tail, besides time and paging. */
    static final Set<String> SPAN_PARAMS = Set.of(
            "q",
            "cluster",
            "kind",
            "user",
            "verb",
            "code",
            "reason",
            "effect",
            "userAgent",
            "path",
            "group",
            "resource",
            "namespace",
            "name",
            "type",
            "auditId",
            "doubt");

    /** Parameters of an object search, besides time and paging. */
    static final Set<String> OBJECT_PARAMS = Set.of("q", "cluster", "group", "resource", "namespace", "name", "uid");

    private static final Pattern CODE_CLASS = Pattern.compile("([1-5])xx");
    private static final Pattern CODE_BOUND = Pattern.compile("(>=|<=|>|<|)([0-9]{3})");
    private static final int HIGHEST_CODE = 999;

    private Filters() {}

    static SpanFilter spans(Params params) {
        SpanFilter filter = literal(SpanFilter.ALL, params);
        filter = anyOf(filter, SpanField.KIND, params.someOf("kind", SpanKind.class));
        filter = anyOf(filter, SpanField.EFFECT, params.someOf("effect", Effect.class));
        filter = with(filter, SpanField.NAME, params.text("name"));
        filter = with(filter, SpanField.USER, params.text("user"));
        filter = with(filter, SpanField.VERB, params.text("verb"));
        filter = with(filter, SpanField.REASON, params.text("reason"));
        filter = with(filter, SpanField.EVENT_TYPE, params.text("type"));
        filter = with(filter, SpanField.AUDIT_ID, params.text("auditId"));
        filter = with(filter, SpanField.DOUBT, params.text("doubt").map(Filters::doubt));
        filter = and(filter, params.text("code").map(Filters::code));
        filter = and(filter, params.text("path").map(Condition.ChangedPath::new));
        filter = and(filter, params.text("userAgent").map(Condition.UserAgentContains::new));
        filter = and(filter, params.text("q").map(Filters::words));
        return filter.during(params.range());
    }

    static ObjectFilter objects(Params params) {
        SpanFilter filter = literal(SpanFilter.ALL, params);
        filter = with(filter, SpanField.UID, params.text("uid"));
        return new ObjectFilter(
                filter.during(params.range()),
                params.text("name").orElse(""),
                params.text("q").orElse(""));
    }

    static String group(String text) {
        return text.equals("core") ? "" : text;
    }

    static String namespace(String text) {
        return text.equals("-") ? "" : text;
    }

    private static SpanFilter literal(SpanFilter start, Params params) {
        SpanFilter filter = with(start, SpanField.RESOURCE, params.text("resource"));
        filter = with(filter, SpanField.NAMESPACE, params.text("namespace").map(Filters::namespace));
        filter = with(filter, SpanField.GROUP, params.text("group").map(Filters::group));
        return with(filter, SpanField.CLUSTER, params.text("cluster"));
    }

    private static SpanFilter with(SpanFilter filter, SpanField field, Optional<String> value) {
        return value.map(text -> filter.and(field, text)).orElse(filter);
    }

    private static SpanFilter anyOf(SpanFilter filter, SpanField field, Set<String> values) {
        return values.isEmpty() ? filter : filter.and(field, values);
    }

    private static SpanFilter and(SpanFilter filter, Optional<? extends Condition> condition) {
        return condition.<SpanFilter>map(filter::and).orElse(filter);
    }

    private static Condition words(String text) {
        List<String> words = Words.asked(text);
        if (words.isEmpty()) {
            throw Problem.badParameter("q", "q must hold at least one letter or digit, found '" + text + "'");
        }
        return new Condition.Text(words);
    }

    private static String doubt(String text) {
        if (!SpanField.DOUBTS.contains(text)) {
            throw Problem.badParameter(
                    "doubt", "doubt must be one of " + String.join(", ", SpanField.DOUBTS) + ", found '" + text + "'");
        }
        return text;
    }

    /** {@code 409}, {@code 4xx}, {@code >=400}. */
    private static Condition code(String text) {
        Matcher whole = CODE_CLASS.matcher(text);
        if (whole.matches()) {
            int hundred = Integer.parseInt(whole.group(1)) * 100;
            return new Condition.CodeBetween(hundred, hundred + 99);
        }
        Matcher bound = CODE_BOUND.matcher(text);
        if (!bound.matches()) {
            throw Problem.badParameter("code", "code must look like 409, 4xx or >=400, found '" + text + "'");
        }
        int code = Integer.parseInt(bound.group(2));
        return switch (bound.group(1)) {
            case ">=" -> new Condition.CodeBetween(code, HIGHEST_CODE);
            case ">" -> new Condition.CodeBetween(code + 1, HIGHEST_CODE);
            case "<=" -> new Condition.CodeBetween(1, code);
            case "<" -> new Condition.CodeBetween(1, code - 1);
            default -> new Condition.CodeBetween(code, code);
        };
    }
}
