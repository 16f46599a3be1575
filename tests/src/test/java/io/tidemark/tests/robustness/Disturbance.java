package io.tidemark.tests.robustness;

import static org.awaitility.Awaitility.await;

import io.tidemark.tests.platform.Feeder;
import io.tidemark.tests.platform.PlatformProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Brings a plan of faults over a platform while it is fed, and starts again what it killed. */
final class Disturbance implements Callable<List<Duration>> {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final PlatformProcess platform;
    private final String[] options;
    private final Feeder feeder;
    private final List<Fault> plan;
    private final List<Duration> ready = new ArrayList<>();

    /** @param options what the platform is started with */
    Disturbance(PlatformProcess platform, String[] options, Feeder feeder, List<Fault> plan) {
        this.platform = platform;
        this.options = options;
        this.feeder = feeder;
        this.plan = plan;
    }

    /** Returns how long each start after a kill of the core took until it was ready. */
    @Override
    public List<Duration> call() throws Exception {
        for (Fault fault : plan) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .pollDelay(Duration.ZERO)
                    .until(() -> feeder.answered() >= fault.atList());
            TimeUnit.MILLISECONDS.sleep(fault.delayMillis()); // the random moment itself, not a wait for something
            cause(fault);
        }
        return ready;
    }

    private void cause(Fault fault) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case KILL_CORE -> {
                platform.kill();
                startAgain();
            }
            case KILL_CORE_TWICE -> {
                platform.kill();
                platform.restart(options);
                TimeUnit.MILLISECONDS.sleep(fault.lastsMillis());
                platform.kill();
                startAgain();
            }
            case KILL_CORRELATOR -> correlator().destroyForcibly();
            case STOP_CORE -> hold(platform.core(), fault.lastsMillis());
            case STOP_CORRELATOR -> hold(correlator(), fault.lastsMillis());
            case WAKE_ORPHAN -> {
                ProcessHandle correlator = correlator();
                PlatformProcess.signal(correlator, "STOP");
                platform.kill();
                startAgain();
                PlatformProcess.signal(correlator, "CONT");
            }
        }
    }

    /** The correlator's JVM; one that was killed a moment ago is started again. A fault that hits nothing proves nothing. */
    private ProcessHandle correlator() {
        return await().atMost(PATIENCE)
                .until(platform::correlator, Optional::isPresent)
                .orElseThrow();
    }

    private void startAgain() throws IOException {
        platform.restart(options);
        ready.add(platform.awaitReady());
    }

    private static void hold(ProcessHandle process, long millis) throws IOException, InterruptedException {
        PlatformProcess.signal(process, "STOP");
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } finally {
            PlatformProcess.signal(process, "CONT");
        }
    }
}
