package io.tidemark.watch.view;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.service.PointInTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The parameters of a topic, read strictly: what is unknown, repeated, malformed or contradicts another one is refused by name. */
public final class Parameters {
    private static final int LONGEST_VALUE = 4_096;
    private static final int RATE_MAX = 100_000;
    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "key", "prefix", "resource", "namespace", "name", "selector", "filter", "since", "view", "prev", "rate"));
    private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+");
    private static final Pattern RESOURCE = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[-a-z0-9.]*[a-z0-9])?");
    private static final Pattern SEGMENT = Pattern.compile("[^/\\p{Cntrl}]+");

    private final Map<String, List<String>> values;
    private final Instant now;

    private Parameters(Map<String, List<String>> values, Instant now) {
        this.values = values;
        this.now = now;
    }

    /**
     * @param values as they stand in the address
     * @param lastEvent the id of the event that the client has read last; empty for none. It counts more than where the address
     *     says to begin, as a browser asks for the same address again
     * @param now of which a time ago is counted
     */
    public static TopicRequest read(Map<String, List<String>> values, String lastEvent, Instant now)
            throws BadParameterException {
        for (Map.Entry<String, List<String>> given : values.entrySet()) {
            check(given.getKey(), given.getValue());
        }
        Parameters all = new Parameters(values, now);
        Start start = lastEvent.isEmpty() ? all.start() : new Start.From(revision("Last-Event-ID", lastEvent, 0) + 1);
        String selector = all.text("selector");
        Shape shape = new Shape(
                all.view(),
                all.flag("prev"),
                selector.isBlank() ? LabelSelector.EVERYTHING : LabelSelector.parse(selector),
                all.text("filter").isBlank() ? Filter.EVERYTHING : Filter.compile(all.text("filter")));
        return new TopicRequest(all.range(), start, shape, all.rate());
    }

    /** All that there are. */
    public static Set<String> names() {
        return Set.copyOf(KNOWN);
    }

    private static void check(String name, List<String> given) throws BadParameterException {
        if (!KNOWN.contains(name)) {
            throw new BadParameterException(
                    name, "unknown parameter '" + name + "'; known here: " + String.join(", ", KNOWN));
        }
        if (given.size() > 1) {
            throw new BadParameterException(name, "parameter '" + name + "' is given more than once");
        }
        if (given.getFirst().length() > LONGEST_VALUE) {
            throw new BadParameterException(
                    name, "parameter '" + name + "' is longer than " + LONGEST_VALUE + " characters");
        }
    }

    /** Empty when it is not given. */
    private String text(String name) {
        List<String> given = values.get(name);
        return given == null ? "" : given.getFirst();
    }

    /** A revision, a time, or {@code oldest}. What is only digits is a revision. */
    private Start start() throws BadParameterException {
        String since = text("since");
        return switch (since) {
            case "" -> new Start.Now();
            case "oldest" -> new Start.Oldest();
            default ->
                NUMBER.matcher(since).matches()
                        ? new Start.From(revision("since", since, 1))
                        : new Start.After(moment(since));
        };
    }

    private Instant moment(String since) throws BadParameterException {
        try {
            return PointInTime.parse(since, () -> now);
        } catch (IllegalArgumentException e) {
            throw notARevision("since", since, 1);
        }
    }

    private static long revision(String name, String text, int least) throws BadParameterException {
        try {
            long revision = Long.parseLong(text);
            if (revision >= least && revision < Long.MAX_VALUE) {
                return revision;
            }
        } catch (NumberFormatException e) {
            throw notARevision(name, text, least);
        }
        throw notARevision(name, text, least);
    }

    private static BadParameterException notARevision(String name, String found, int least) {
        String other = name.equals("since")
                ? ", 'oldest', a time such as 2026-11-23T08:17:47Z, or how long ago such as 15m"
                : "";
        return new BadParameterException(
                name,
                name + " must be a revision, a whole number from " + least + " on" + other + "; found '" + found + "'");
    }

    private View view() throws BadParameterException {
        String view = text("view");
        if (view.isEmpty()) {
            return View.VALUE;
        }
        for (View each : View.values()) {
            if (word(each).equals(view)) {
                return each;
            }
        }
        String all = Arrays.stream(View.values()).map(Parameters::word).collect(Collectors.joining(", "));
        throw new BadParameterException("view", "view must be one of " + all + ", found '" + view + "'");
    }

    private static String word(View view) {
        return view.name().toLowerCase(Locale.ROOT);
    }

    private boolean flag(String name) throws BadParameterException {
        return switch (text(name)) {
            case "" -> values.containsKey(name); // ?prev is said by whoever writes ?prev=true
            case "true" -> true;
            case "false" -> false;
            default ->
                throw new BadParameterException(name, name + " must be true or false, found '" + text(name) + "'");
        };
    }

    private int rate() throws BadParameterException {
        String rate = text("rate");
        if (rate.isEmpty()) {
            return 0;
        }
        try {
            int number = Integer.parseInt(rate);
            if (number > 0 && number <= RATE_MAX) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw badRate(rate);
        }
        throw badRate(rate);
    }

    private static BadParameterException badRate(String found) {
        return new BadParameterException(
                "rate",
                "rate must be a whole number of events a second from 1 to " + RATE_MAX + ", found '" + found + "'");
    }

    private KeyRange range() throws BadParameterException {
        List<String> ways = List.of("key", "prefix", "resource").stream()
                .filter(values::containsKey)
                .toList();
        if (ways.size() > 1) {
            throw new BadParameterException(
                    ways.get(1),
                    "only one of key, prefix and resource can be given, found " + String.join(" and ", ways));
        }
        if (values.containsKey("resource")) {
            return ofResource();
        }
        for (String part : List.of("namespace", "name")) {
            if (values.containsKey(part)) {
                throw new BadParameterException(
                        part, part + " says which objects of a resource: give resource as well");
            }
        }
        if (values.containsKey("key")) {
            if (text("key").isEmpty()) {
                throw new BadParameterException("key", "key must not be empty; for all keys, leave it out");
            }
            return KeyRange.single(key(text("key")));
        }
        return KeyRange.withPrefix(key(text("prefix")));
    }

    private KeyRange ofResource() throws BadParameterException {
        String resource = text("resource");
        if (!RESOURCE.matcher(resource).matches()) {
            throw new BadParameterException(
                    "resource",
                    "resource must be a plural name in lower case, with its group when it is not one of Kubernetes' own, such as"
                            + " pods or widgets.example.com; found '" + resource + "'");
        }
        String folder = ResourceKeys.folder(resource) + segment("namespace");
        if (values.containsKey("namespace")) {
            folder += "/";
        }
        return values.containsKey("name")
                ? KeyRange.single(key(folder + segment("name")))
                : KeyRange.withPrefix(key(folder));
    }

    private String segment(String name) throws BadParameterException {
        String text = text(name);
        if (values.containsKey(name) && !SEGMENT.matcher(text).matches()) {
            throw new BadParameterException(
                    name, name + " must be the name of an object, without a slash; found '" + text + "'");
        }
        return text;
    }

    private static Key key(String text) {
        return Key.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
