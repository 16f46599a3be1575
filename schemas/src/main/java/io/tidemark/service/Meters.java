package io.tidemark.service;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Hands out the meters of {@link MetricSpec}s and holds them to what the spec says: name, type, tags and the number of
 * tag values. Tag values are given in the order of {@link MetricSpec#tags()}. Thread-safe.
 */
public final class Meters {
    private static final Pattern NAME = Pattern.compile("tidemark(_[a-z0-9]+){2,}");
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final ConcurrentHashMap<String, Set<String>> seen = new ConcurrentHashMap<>();

    public Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    public Counter counter(MetricSpec spec, String... tagValues) {
        String name = name(spec, MetricSpec.Type.COUNTER, "_total");
        return Counter.builder(name)
                .description(spec.help())
                .tags(tags(spec, tagValues))
                .register(registry);
    }

    /**
     * Counts what somebody else counts: shows what the supplier says when asked, which must never fall. A second counter with the
     * same tags goes on from where the first one stands.
     */
    public FunctionCounter counter(MetricSpec spec, Supplier<? extends Number> value, String... tagValues) {
        String name = name(spec, MetricSpec.Type.COUNTER, "_total");
        Tags tags = tags(spec, tagValues);
        FunctionCounter earlier = registry.find(name).tags(tags).functionCounter();
        double reached = 0;
        if (earlier != null) {
            reached = earlier.count();
            registry.remove(earlier);
        }
        double before = reached;
        // the registry holds what it is given weakly, so it is given something that lives as long as itself
        return FunctionCounter.builder(
                        name, registry, any -> before + value.get().doubleValue())
                .description(spec.help())
                .tags(tags)
                .register(registry);
    }

    public Timer timer(MetricSpec spec, String... tagValues) {
        String name = name(spec, MetricSpec.Type.TIMER, "_seconds");
        return Timer.builder(name)
                .description(spec.help())
                .tags(tags(spec, tagValues))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    public DistributionSummary summary(MetricSpec spec, String... tagValues) {
        String name = name(spec, MetricSpec.Type.SUMMARY, "");
        return DistributionSummary.builder(name)
                .description(spec.help())
                .tags(tags(spec, tagValues))
                .register(registry);
    }

    /** Shows what the supplier says when asked. A second gauge with the same tags takes the place of the first. */
    public Gauge gauge(MetricSpec spec, Supplier<? extends Number> value, String... tagValues) {
        String name = name(spec, MetricSpec.Type.GAUGE, "");
        Tags tags = tags(spec, tagValues);
        Gauge earlier = registry.find(name).tags(tags).gauge();
        if (earlier != null) {
            registry.remove(earlier);
        }
        Supplier<Number> number = value::get;
        return Gauge.builder(name, number).description(spec.help()).tags(tags).register(registry);
    }

    /**
     * The name for the registry. Micrometer's Prometheus registry puts the suffix of counters and timers back on, so it
     * is taken off here: {@link MetricSpec#metricName()} is what a scrape shows.
     */
    private static String name(MetricSpec spec, MetricSpec.Type type, String suffix) {
        String name = spec.metricName();
        if (spec.type() != type) {
            throw new IllegalArgumentException("metric " + name + " is a " + spec.type() + ", asked for as " + type);
        }
        if (!NAME.matcher(name).matches() || !name.endsWith(suffix)) {
            throw new IllegalArgumentException("metric " + name + ": expected tidemark_<part>_<noun>_<unit>"
                    + (suffix.isEmpty() ? "" : " ending in " + suffix));
        }
        return name.substring(0, name.length() - suffix.length());
    }

    private Tags tags(MetricSpec spec, String... tagValues) {
        List<MetricSpec.Tag> expected = spec.tags();
        if (expected.size() != tagValues.length) {
            throw new IllegalArgumentException("metric " + spec.metricName() + ": expected " + expected.size()
                    + " tag values, found " + tagValues.length);
        }
        Tags tags = Tags.empty();
        for (int i = 0; i < tagValues.length; i++) {
            MetricSpec.Tag tag = expected.get(i);
            tags = tags.and(tag.name(), bounded(spec, tag, tagValues[i]));
        }
        return tags;
    }

    private String bounded(MetricSpec spec, MetricSpec.Tag tag, String value) {
        if (!tag.values().isEmpty()) {
            if (!tag.values().contains(value)) {
                throw new IllegalArgumentException("metric " + spec.metricName() + ", tag " + tag.name()
                        + ": expected one of " + tag.values() + ", found " + value);
            }
            return value;
        }
        Set<String> known =
                seen.computeIfAbsent(spec.metricName() + "/" + tag.name(), key -> ConcurrentHashMap.newKeySet());
        synchronized (known) {
            if (known.contains(value) || (known.size() < tag.max() && known.add(value))) {
                return value;
            }
        }
        return MetricSpec.Tag.OTHER;
    }
}
