package io.tidemark.service;

import io.tidemark.service.ConfigException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link Config} together: defaults, then the YAML file, then {@code TIDEMARK_*} of the environment, then flags;
 * the later one counts. A value that is overridden is still checked, so that removing a flag uncovers no error.
 */
public final class ConfigLoader {
    private static final String PREFIX = "TIDEMARK_";

    /** What Kubernetes puts into the environment of a pod beside a Service named tidemark or tidemark-something. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("TIDEMARK_(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT_\\d+_(TCP|UDP|SCTP)(_.*)?)");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
    private final Map<String, ConfigKey<?>> byVariable = new LinkedHashMap<>();
    private @Nullable Path file;
    private Map<String, String> environment = Map.of();
    private Map<String, String> flags = Map.of();

    /** @throws IllegalArgumentException when two keys share a name or an environment variable */
    public ConfigLoader(Collection<? extends ConfigKey<?>> keys) {
        for (ConfigKey<?> key : keys) {
            this.keys.put(key.name(), key);
            ConfigKey<?> other = byVariable.put(key.environmentName(), key);
            if (other != null) {
                throw new IllegalArgumentException(
                        "config keys " + other + " and " + key + " share " + key.environmentName());
            }
        }
    }

    /** Reads this YAML file; a file that does not exist is a problem. */
    public ConfigLoader file(Path path) {
        this.file = path;
        return this;
    }

    /** Takes {@code TIDEMARK_*} from these variables, usually {@code System.getenv()}. */
    public ConfigLoader environment(Map<String, String> variables) {
        this.environment = Map.copyOf(variables);
        return this;
    }

    /** Takes these values by key name, without leading dashes. */
    public ConfigLoader flags(Map<String, String> values) {
        this.flags = Map.copyOf(values);
        return this;
    }

    /** @throws ConfigException with everything that is wrong, not only the first */
    public Config load() {
        List<Problem> problems = new ArrayList<>();
        List<Map<String, RawValue>> layers = new ArrayList<>();
        if (file != null) {
            YamlFile yaml = YamlFile.read(file);
            problems.addAll(yaml.problems());
            layers.add(known(yaml.values(), problems));
        }
        layers.add(fromEnvironment(problems));
        layers.add(known(fromFlags(), problems));
        List<Config.Setting<?>> settings = new ArrayList<>();
        for (ConfigKey<?> key : keys.values()) {
            resolve(key, layers, problems).ifPresent(settings::add);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Config(settings);
    }

    private Map<String, RawValue> known(Map<String, RawValue> values, List<Problem> problems) {
        Map<String, RawValue> result = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (keys.containsKey(name)) {
                result.put(name, value);
            } else {
                problems.add(new Problem(name, value.source(), unknown(name, keys.keySet())));
            }
        });
        return result;
    }

    private Map<String, RawValue> fromFlags() {
        Map<String, RawValue> result = new TreeMap<>();
        flags.forEach((name, text) -> result.put(name, new RawValue(text, false, "flag --" + name)));
        return result;
    }

    private Map<String, RawValue> fromEnvironment(List<Problem> problems) {
        Map<String, RawValue> result = new LinkedHashMap<>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            ConfigKey<?> key = byVariable.get(variable);
            if (key != null) {
                result.put(key.name(), new RawValue(text, false, "environment " + variable));
            } else if (variable.startsWith(PREFIX) && !isServiceLink(variable, text)) {
                problems.add(new Problem(variable, "environment", unknown(variable, byVariable.keySet())));
            }
        });
        return result;
    }

    private static boolean isServiceLink(String variable, String text) {
        boolean port =
                variable.endsWith("_PORT") && SERVICE_ADDRESS.matcher(text).matches();
        return port || SERVICE_LINK.matcher(variable).matches();
    }

    private static String unknown(String name, Collection<String> names) {
        return Suggestion.nearest(name, names)
                .map(near -> "is no known key; did you mean " + near + "?")
                .orElse("is no known key");
    }

    /** The last layer that has the key counts; empty when there is a problem, which is then noted. */
    private static <T> Optional<Config.Setting<?>> resolve(
            ConfigKey<T> key, List<Map<String, RawValue>> layers, List<Problem> problems) {
        Config.@Nullable Setting<T> setting = key.defaultValue()
                .map(value -> new Config.Setting<>(key, value, Config.DEFAULT_SOURCE))
                .orElse(null);
        boolean given = false;
        for (Map<String, RawValue> layer : layers) {
            RawValue raw = layer.get(key.name());
            if (raw == null) {
                continue;
            }
            given = true;
            Optional<T> value = raw.sequence() && !key.isList() ? Optional.empty() : key.parse(raw.text());
            if (value.isPresent()) {
                setting = new Config.Setting<>(key, value.get(), raw.source());
            } else {
                problems.add(new Problem(
                        key.name(), raw.source(), "expected " + key.expected() + ", found " + found(key, raw)));
            }
        }
        if (setting == null && !given) {
            problems.add(new Problem(key.name(), "nowhere", "must be set: expected " + key.expected()));
        }
        return Optional.ofNullable(setting);
    }

    private static String found(ConfigKey<?> key, RawValue raw) {
        if (key.isSecret()) {
            return "a value that is not shown";
        }
        return raw.sequence() ? "the list [" + raw.text() + "]" : "'" + raw.text() + "'";
    }
}
