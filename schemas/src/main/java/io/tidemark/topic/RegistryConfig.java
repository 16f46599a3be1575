package io.tidemark.topic;

import io.tidemark.service.ConfigKey;
import java.time.Duration;
import java.util.List;

/** Every setting of the schema registry. */
public final class RegistryConfig {
    public static final ConfigKey<String> URL = ConfigKey.string(
                    "schema.registry.url",
                    "",
                    "Schema registry with Confluent's API, which is told of every schema and asked for unknown ids."
                            + " Empty: the bundled catalogue is all there is.")
            .checked("http:// or https://", RegistryConfig::isAddress);
    public static final ConfigKey<Duration> TIMEOUT = ConfigKey.duration(
                    "schema.registry.timeout", Duration.ofSeconds(5), "Longest wait for one answer of the registry.")
            .between(Duration.ofMillis(100), Duration.ofMinutes(1));
    public static final ConfigKey<Duration> RETRY = ConfigKey.duration(
                    "schema.registry.retry",
                    Duration.ofSeconds(10),
                    "Pause before a registry that did not answer is told of the schemas again.")
            .because("nothing waits for it: the bundled catalogue reads everything this version writes")
            .between(Duration.ofMillis(100), Duration.ofHours(1));

    /** All of them, in the order of the reference page. */
    public static final List<ConfigKey<?>> KEYS = List.of(URL, TIMEOUT, RETRY);

    private RegistryConfig() {}

    private static boolean isAddress(String url) {
        return url.isEmpty() || url.startsWith("http://") || url.startsWith("https://");
    }
}
