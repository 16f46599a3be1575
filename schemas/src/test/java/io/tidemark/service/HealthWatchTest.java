package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthWatchTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private Instant now = EIGHT;
    private Health health = Health.UP;

    private final Service store = new Service() {
        @Override
        public String name() {
            return "store";
        }

        @Override
        public void start() {}

        @Override
        public Health check() {
            return health;
        }

        @Override
        public void close() {}
    };

    @Test
    void tellsSinceWhenAServiceHasBeenTheWayItIs() {
        try (Services services = new Services(List.of(store), Duration.ofMinutes(1))) {
            services.start();
            HealthWatch watch = new HealthWatch(services, () -> now);
            assertThat(watch.look()).containsExactly(new HealthWatch.Part("store", Health.UP, EIGHT));

            Health first = new Health.Down("disk full");
            seen(Duration.ofSeconds(5), first);
            assertThat(watch.look()).containsExactly(new HealthWatch.Part("store", first, EIGHT.plusSeconds(5)));

            Health second = new Health.Down("disk still full");
            seen(Duration.ofSeconds(9), second);
            assertThat(watch.look())
                    .as("another reason is no change")
                    .containsExactly(new HealthWatch.Part("store", second, EIGHT.plusSeconds(5)));

            Health third = new Health.Degraded("slow");
            seen(Duration.ofSeconds(12), third);
            assertThat(watch.look()).containsExactly(new HealthWatch.Part("store", third, EIGHT.plusSeconds(12)));
        }
    }

    private void seen(Duration after, Health what) {
        now = EIGHT.plus(after);
        health = what;
    }
}
