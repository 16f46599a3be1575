package io.tidemark.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final List<String> log = new CopyOnWriteArrayList<>();

    /** Writes down what is done with it. */
    private class Noted implements Service {
        private final String name;
        private final boolean vital;
        private Health health = Health.UP;

        Noted(String name) {
            this(name, false);
        }

        Noted(String name, boolean vital) {
            this.name = name;
            this.vital = vital;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            log.add("+" + name);
        }

        @Override
        public Health check() {
            return health;
        }

        @Override
        public void close() {
            log.add("-" + name);
        }

        @Override
        public boolean vital() {
            return vital;
        }
    }

    private Service failing(String name) {
        return new Noted(name) {
            @Override
            public void start() {
                throw new IllegalArgumentException("port is taken");
            }
        };
    }

    @Test
    void startsInOrderAndClosesInReverse() {
        Services services = new Services(List.of(new Noted("a"), new Noted("b"), new Noted("c")), LONG);

        services.start();
        services.close();

        assertThat(log).containsExactly("+a", "+b", "+c", "-c", "-b", "-a");
    }

    @Test
    void closesOnlyOnce() {
        Services services = new Services(List.of(new Noted("a")), LONG);
        services.start();

        services.close();
        services.close();

        assertThat(log).containsExactly("+a", "-a");
    }

    @Test
    void closesWhatWasStartedWhenAStartFails() {
        Services services = new Services(List.of(new Noted("a"), failing("b"), new Noted("c")), LONG);

        assertThatThrownBy(services::start)
                .isInstanceOf(ServiceStartException.class)
                .hasMessageContaining("b")
                .hasMessageContaining("port is taken");

        assertThat(log).containsExactly("+a", "-b", "-a");
    }

    @Test
    void refusesToStartAfterClose() {
        Services services = new Services(List.of(new Noted("a")), LONG);
        services.close();

        assertThatThrownBy(services::start).isInstanceOf(IllegalStateException.class);
        assertThat(log).isEmpty();
    }

    @Test
    void refusesToStartTwice() {
        Services services = new Services(List.of(new Noted("a")), LONG);
        services.start();

        assertThatThrownBy(services::start).isInstanceOf(IllegalStateException.class);
        assertThat(log).containsExactly("+a");
    }

    @Test
    void startsNothingMoreWhenClosedWhileStarting() {
        List<Services> self = new CopyOnWriteArrayList<>();
        Service closesAll = new Noted("a") {
            @Override
            public void start() {
                super.start();
                self.getFirst().close();
            }
        };
        self.add(new Services(List.of(closesAll, new Noted("b")), LONG));

        assertThatThrownBy(self.getFirst()::start).isInstanceOf(IllegalStateException.class);
        assertThat(log).containsExactly("+a", "-a");
        assertThat(self.getFirst().check()).containsEntry("a", new Health.Down("closed"));
    }

    @Test
    void leavesAServiceBehindThatDoesNotCloseInTime() {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Service stuck = new Noted("stuck") {
            @Override
            public void close() {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    interrupted.countDown();
                }
            }
        };
        Services services = new Services(List.of(new Noted("a"), stuck), Duration.ofMillis(20));
        services.start();

        services.close();

        assertThat(log).containsExactly("+a", "+stuck", "-a");
        assertThatNothingThrown(interrupted::await);
    }

    private interface Waiting {
        void run() throws InterruptedException;
    }

    private static void assertThatNothingThrown(Waiting waiting) {
        assertThat(waiting).satisfies(Waiting::run);
    }

    @Test
    void closesTheOthersWhenACloseThrows() {
        Service broken = new Noted("broken") {
            @Override
            public void close() {
                throw new IllegalStateException("disk is gone");
            }
        };
        Services services = new Services(List.of(new Noted("a"), broken), LONG);
        services.start();

        services.close();

        assertThat(log).containsExactly("+a", "+broken", "-a");
    }

    @Test
    void refusesTwoServicesOfOneName() {
        assertThatThrownBy(() -> new Services(List.of(new Noted("a"), new Noted("a")), LONG))
                .hasMessageContaining("two services are named a");
    }

    @Test
    void showsWhereEachServiceIsInItsLife() {
        Services services = new Services(List.of(new Noted("a")), LONG);

        assertThat(services.check()).containsEntry("a", new Health.Down("not started"));
        services.start();
        assertThat(services.check()).containsEntry("a", Health.UP);
        services.close();
        assertThat(services.check()).containsEntry("a", new Health.Down("closed"));
    }

    @Test
    void countsACheckThatThrowsAsDownWithoutItsMessage() {
        Service broken = new Noted("a") {
            @Override
            public Health check() {
                throw new IllegalStateException("password=hunter2");
            }
        };
        Services services = new Services(List.of(broken), LONG);
        services.start();

        assertThat(services.check()).containsEntry("a", new Health.Down("its check threw IllegalStateException"));
    }

    @Test
    void readyPageSaysOkOnlyWhenEverythingIsUp() {
        Noted a = new Noted("a");
        Noted b = new Noted("b");
        Services services = new Services(List.of(a, b), LONG);
        services.start();
        HealthPage page = new HealthPage(services);

        assertThat(page.readyz(false)).isEqualTo(new HealthPage.Page(200, "ok"));
        a.health = new Health.Degraded("one replica is missing");
        assertThat(page.readyz(true))
                .isEqualTo(new HealthPage.Page(
                        200, "[+]a ok, degraded: one replica is missing\n[+]b ok\nreadyz check passed\n"));
        b.health = new Health.Down("no broker");
        assertThat(page.readyz(false))
                .isEqualTo(new HealthPage.Page(
                        500,
                        "[+]a ok, degraded: one replica is missing\n[-]b failed: no broker\nreadyz check failed\n"));
    }

    @Test
    void livePageFailsOnlyForVitalServices() {
        Noted broker = new Noted("broker", true);
        Noted job = new Noted("job");
        Services services = new Services(List.of(broker, job), LONG);
        HealthPage page = new HealthPage(services);

        assertThat(page.livez(false).status()).as("not started yet").isEqualTo(200);
        services.start();
        job.health = new Health.Down("behind");
        assertThat(page.livez(true)).isEqualTo(new HealthPage.Page(200, "[+]broker ok\nlivez check passed\n"));
        broker.health = new Health.Down("log directory is gone");
        assertThat(page.livez(false))
                .isEqualTo(new HealthPage.Page(500, "[-]broker failed: log directory is gone\nlivez check failed\n"));
    }
}
