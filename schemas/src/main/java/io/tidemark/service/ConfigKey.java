package io.tidemark.service;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One setting: its name, type, meaning, default with the reason for it, and what is allowed. Keys are constants, listed
 * once per module as a {@code List<ConfigKey<?>>}; the loader, {@code config explain} and the reference page read that
 * list. A key without a default ({@code null} given) must be set.
 *
 * <pre>
 * static final ConfigKey&lt;Duration&gt; LINGER = ConfigKey.duration("ingest.linger", Duration.ofMillis(5), "How long ...")
 *         .because("one broker round trip")
 *         .between(Duration.ZERO, Duration.ofSeconds(10));
 * </pre>
 */
public final class ConfigKey<T> {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(\\.[a-z0-9][a-z0-9-]*)*");
    static final String HIDDEN = "********";

    private record Rules<T>(String reason, String allowed, Predicate<T> test, boolean secret) {}

    private final String name;
    private final ValueType<T> type;
    private final @Nullable T defaultValue;
    private final String doc;
    private final Rules<T> rules;

    private ConfigKey(String name, ValueType<T> type, @Nullable T defaultValue, String doc, Rules<T> rules) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "config key " + name + ": expected lower-case words with dots and dashes");
        }
        if (doc.isBlank()) {
            throw new IllegalArgumentException("config key " + name + " has no doc");
        }
        if (defaultValue != null && !rules.test().test(defaultValue)) {
            throw new IllegalArgumentException("config key " + name + ": its own default "
                    + type.print().apply(defaultValue) + " is not " + rules.allowed());
        }
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.doc = doc;
        this.rules = rules;
    }

    private static <T> ConfigKey<T> of(String name, ValueType<T> type, @Nullable T defaultValue, String doc) {
        return new ConfigKey<>(name, type, defaultValue, doc, new Rules<>("", "", value -> true, false));
    }

    public static ConfigKey<String> string(String name, @Nullable String defaultValue, String doc) {
        return of(name, ValueType.STRING, defaultValue, doc);
    }

    public static ConfigKey<Integer> integer(String name, @Nullable Integer defaultValue, String doc) {
        return of(name, ValueType.INTEGER, defaultValue, doc);
    }

    public static ConfigKey<Long> longValue(String name, @Nullable Long defaultValue, String doc) {
        return of(name, ValueType.LONG, defaultValue, doc);
    }

    public static ConfigKey<Boolean> bool(String name, @Nullable Boolean defaultValue, String doc) {
        return of(name, ValueType.BOOL, defaultValue, doc);
    }

    /** Written as ISO-8601 or as 500ms, 10s, 5m, 2h, 7d. */
    public static ConfigKey<Duration> duration(String name, @Nullable Duration defaultValue, String doc) {
        return of(name, ValueType.DURATION, defaultValue, doc);
    }

    /** A size in bytes, written as 512, 64KiB, 10MiB, 2GiB. */
    public static ConfigKey<Long> bytes(String name, @Nullable Long defaultBytes, String doc) {
        return of(name, ValueType.BYTES, defaultBytes, doc);
    }

    /** A YAML sequence, or a,b,c. */
    public static ConfigKey<List<String>> list(String name, @Nullable List<String> defaultValue, String doc) {
        return of(name, ValueType.LIST, defaultValue == null ? null : List.copyOf(defaultValue), doc);
    }

    public static ConfigKey<Path> path(String name, @Nullable Path defaultValue, String doc) {
        return of(name, ValueType.PATH, defaultValue, doc);
    }

    /** Written as the constant's name in lower case with dashes. */
    public static <E extends Enum<E>> ConfigKey<E> enumeration(
            String name, Class<E> type, @Nullable E defaultValue, String doc) {
        return of(name, ValueType.ofEnum(type), defaultValue, doc);
    }

    /** The same key with the reason for its default. */
    public ConfigKey<T> because(String reason) {
        return with(new Rules<>(reason, rules.allowed(), rules.test(), rules.secret()));
    }

    /** The same key, allowing only values from least to most, both included. */
    public ConfigKey<T> between(T least, T most) {
        var order = type.order();
        if (order == null) {
            throw new IllegalArgumentException("config key " + name + ": a " + type.name() + " has no range");
        }
        String range =
                "from " + type.print().apply(least) + " to " + type.print().apply(most);
        return checked(range, value -> order.compare(value, least) >= 0 && order.compare(value, most) <= 0);
    }

    /** The same key, allowing only values that pass the test; {@code allowed} says which, as in "expected ...". */
    public ConfigKey<T> checked(String allowed, Predicate<T> test) {
        String both = rules.allowed().isEmpty() ? allowed : rules.allowed() + ", " + allowed;
        return with(new Rules<>(rules.reason(), both, rules.test().and(test), rules.secret()));
    }

    /** The same key, whose value is never shown, logged or put into an error. */
    public ConfigKey<T> secret() {
        return with(new Rules<>(rules.reason(), rules.allowed(), rules.test(), true));
    }

    private ConfigKey<T> with(Rules<T> changed) {
        return new ConfigKey<>(name, type, defaultValue, doc, changed);
    }

    public String name() {
        return name;
    }

    public String typeName() {
        return type.name();
    }

    public String doc() {
        return doc;
    }

    /** Why the default is what it is; empty when nobody gave a reason. */
    public String reason() {
        return rules.reason();
    }

    /** Which values are allowed beyond the type; empty when all are. */
    public String allowed() {
        return rules.allowed();
    }

    public boolean isSecret() {
        return rules.secret();
    }

    /** The environment variable of this key. */
    public String environmentName() {
        return "TIDEMARK_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** The default as it would be written, hidden for a secret; empty when the key must be set. */
    public Optional<String> defaultText() {
        return Optional.ofNullable(defaultValue).map(this::show);
    }

    Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    boolean isList() {
        return type.name().equals(ValueType.LIST.name());
    }

    String expected() {
        return rules.allowed().isEmpty() ? type.expected() : type.expected() + ", " + rules.allowed();
    }

    /** Empty when the text is no value of this key. */
    Optional<T> parse(String text) {
        try {
            T value = type.parse().apply(text);
            return rules.test().test(value) ? Optional.of(value) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // the text is not repeated through the cause: it may be a secret
            return Optional.empty();
        }
    }

    String show(T value) {
        return rules.secret() ? HIDDEN : type.print().apply(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
