package io.tidemark.watch.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects are wanted, by their labels, as kubectl's {@code --selector} says it: all of
 *
 * <pre>
 *   app=web   app==web   app!=web   app in (web,api)   app notin (web,api)   app   !app
 * </pre>
 *
 * <p>As there, what a label must not be is met by objects without it. Source: {@code labels.Parse} of kubernetes/apimachinery.
 */
public record LabelSelector(List<Requirement> all) {
    /** All objects, and what is no object, too. */
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    private static final String NAME = "[A-Za-z0-9]([-A-Za-z0-9_./]*[A-Za-z0-9])?";
    private static final String VALUE = "([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?";
    private static final Pattern EXISTS = Pattern.compile("(?<not>!?)\\s*(?<name>" + NAME + ")");
    private static final Pattern EQUALS =
            Pattern.compile("(?<name>" + NAME + ")\\s*(?<operator>=|==|!=)\\s*(?<value>" + VALUE + ")");
    private static final Pattern IN =
            Pattern.compile("(?<name>" + NAME + ")\\s+(?<operator>in|notin)\\s*\\((?<values>[^()]*)\\)");
    private static final Pattern ONE_VALUE = Pattern.compile(VALUE);

    /**
     * What a label has to be.
     *
     * @param values of which it is one, or none; empty for any
     * @param not whether it must not be that
     */
    record Requirement(String label, Set<String> values, boolean not) {
        boolean isMetBy(Map<String, String> labels) {
            String value = labels.get(label);
            return not != (value != null && (values.isEmpty() || values.contains(value)));
        }
    }

    static LabelSelector parse(String text) throws BadParameterException {
        List<Requirement> all = new ArrayList<>();
        for (String part : parts(text)) {
            all.add(requirement(part.strip(), text));
        }
        return new LabelSelector(List.copyOf(all));
    }

    /** At the commas that stand in no brackets. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            if (letter == ',' && depth == 0) {
                parts.add(text.substring(begin, i));
                begin = i + 1;
            }
        }
        parts.add(text.substring(begin));
        return parts;
    }

    private static Requirement requirement(String part, String text) throws BadParameterException {
        Matcher in = IN.matcher(part);
        if (in.matches()) {
            return new Requirement(
                    in.group("name"),
                    values(in.group("values"), text),
                    in.group("operator").equals("notin"));
        }
        Matcher equal = EQUALS.matcher(part);
        if (equal.matches()) {
            return new Requirement(
                    equal.group("name"),
                    Set.of(equal.group("value")),
                    equal.group("operator").equals("!="));
        }
        Matcher exists = EXISTS.matcher(part);
        if (exists.matches()) {
            return new Requirement(
                    exists.group("name"), Set.of(), !exists.group("not").isEmpty());
        }
        throw bad(part, text);
    }

    private static Set<String> values(String list, String text) throws BadParameterException {
        Set<String> values = new TreeSet<>(
                Arrays.stream(list.split(",", -1)).map(String::strip).toList());
        for (String value : values) {
            if (!ONE_VALUE.matcher(value).matches()) {
                throw bad(value, text);
            }
        }
        return values;
    }

    private static BadParameterException bad(String part, String text) {
        return new BadParameterException(
                "selector",
                "selector must be requirements with commas between them, such as app=web,tier!=cache,env in (a,b),!old; found '"
                        + part + "' in '" + text + "'");
    }

    boolean isEverything() {
        return all.isEmpty();
    }

    boolean matches(Map<String, String> labels) {
        return all.stream().allMatch(requirement -> requirement.isMetBy(labels));
    }
}
