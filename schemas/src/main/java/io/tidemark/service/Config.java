package io.tidemark.service;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of one process: every key has a checked value. Made by {@link ConfigLoader}; immutable. */
public final class Config {
    /** Where a value comes from that nobody set. */
    public static final String DEFAULT_SOURCE = "default";

    /**
     * One line of {@code config explain}.
     *
     * @param key name of the key
     * @param value as it would be written; hidden for a secret
     * @param source file:line, environment variable, flag, or "default"
     */
    public record Explanation(String key, String value, String source) {}

    record Setting<T>(ConfigKey<T> key, T value, String source) {
        Explanation explain() {
            return new Explanation(key.name(), key.show(value), source);
        }
    }

    private final Map<ConfigKey<?>, Setting<?>> settings = new LinkedHashMap<>();

    Config(List<Setting<?>> settings) {
        settings.forEach(setting -> this.settings.put(setting.key(), setting));
    }

    /**
     * The value of a key.
     *
     * @throws IllegalArgumentException when the key was not in the list this configuration was loaded with
     */
    @SuppressWarnings("unchecked") // a setting is stored under its own key, so the types are the same
    public <T> T get(ConfigKey<T> key) {
        @Nullable Setting<T> setting = (Setting<T>) settings.get(key);
        if (setting == null) {
            throw new IllegalArgumentException("config key " + key + " is not in the list that was loaded");
        }
        return setting.value();
    }

    /** Every key with its value and where that came from, in the order of the list; secrets hidden. */
    public List<Explanation> explain() {
        return settings.values().stream().<Explanation>map(Setting::explain).toList();
    }

    @Override
    public String toString() {
        return "Config" + explain();
    }
}
