package io.tidemark.ingest.audit;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One place in the bodies of one resource whose value is redacted, written {@code resource[/subresource][.group]:/path}
 * with a JSON pointer as path in which {@code *} stands for any member or element.
 *
 * @param resource plural name
 * @param subresource subresource, or empty
 * @param group API group, empty for the core group
 * @param path members on the way to the value
 */
public record RedactionRule(String resource, String subresource, String group, List<String> path) {
    private static final Pattern SYNTAX = Pattern.compile("([a-z0-9-]+)(?:/([a-z0-9-]+))?(?:\\.([a-z0-9.-]+))?:(/.+)");

    public RedactionRule {
        path = List.copyOf(path);
    }

    /**
     * Reads a rule.
     *
     * @throws IllegalArgumentException when the text is none
     */
    public static RedactionRule parse(String text) {
        Matcher match = SYNTAX.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException(
                    "expected resource[/subresource][.group]:/path such as configmaps:/data/*"
                            + " or tokenreviews.authentication.k8s.io:/spec/token, found \"" + text + "\"");
        }
        String subresource = match.group(2);
        String group = match.group(3);
        return new RedactionRule(
                match.group(1),
                subresource == null ? "" : subresource,
                group == null ? "" : group,
                pointer(match.group(4)));
    }

    boolean appliesTo(ObjectRef object) {
        return resource.equals(object.resource())
                && group.equals(object.group())
                && subresource.equals(object.subresource());
    }

    /** The members of a JSON pointer, RFC 6901. */
    static List<String> pointer(String text) {
        return text.isEmpty()
                ? List.of()
                : Pattern.compile("/")
                        .splitAsStream(text.substring(1))
                        .map(token -> token.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }
}
