package io.tidemark.deploy.correlator;

import io.tidemark.service.Health;
import io.tidemark.service.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the correlator in a child JVM and keeps it running: a child that ends is started again after a wait that doubles
 * up to a limit. The child ends with this process, however this process ends, because it watches its standard input,
 * whose other end is here.
 *
 * <pre>
 *   start() --> STARTING --(line READY)--> RUNNING
 *                  ^  \                      |
 *                  |   `-----(exit)------.   | (exit)
 *                  |                     v   v
 *                  `----(wait over)---- WAITING        close() from anywhere --> CLOSED
 * </pre>
 *
 * {@link #start()} does not wait for the child: the doors are open while it comes up, and {@link #check()} says so.
 */
public final class CorrelatorProcess implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(CorrelatorProcess.class);
    private static final String READY = "READY";
    private static final long LOG_MAX_BYTES = 16L * 1024 * 1024;
    private static final int REASON_MAX_CHARS = 300;

    /** What the child does, and since when. */
    private sealed interface State {
        record Closed() implements State {}

        record Starting(Instant since, String after) implements State {}

        record Running(Instant since) implements State {}

        record Waiting(Instant since, String why, Instant until) implements State {}
    }

    private final ChildCommand command;
    private final Path logFile;
    private final RestartPolicy policy;
    private final CorrelatorReadings readings = new CorrelatorReadings();
    private final Clock clock;
    private final Duration closeDeadline;

    private final Object lock = new Object();
    private volatile State state;
    private volatile int restarts;
    private boolean closing;
    private @Nullable Process process;
    private @Nullable Thread supervisor;

    /** @param closeDeadline how long the child may take to end when asked to, before it is killed */
    public CorrelatorProcess(ChildCommand command, Path logFile, RestartPolicy policy, Duration closeDeadline) {
        this.command = command;
        this.logFile = logFile;
        this.policy = policy;
        this.closeDeadline = closeDeadline;
        this.clock = Clock.systemUTC();
        this.state = new State.Closed();
    }

    @Override
    public String name() {
        return "correlator";
    }

    /** Starts the child unless that was done already, ahead of the parts that it waits for by itself. */
    @Override
    public void start() {
        synchronized (lock) {
            if (supervisor == null && !closing) {
                supervisor = Thread.ofPlatform().name("correlator-supervisor").start(this::supervise);
            }
        }
    }

    @Override
    public Health check() {
        return switch (state) {
            case State.Closed closed -> new Health.Down("not started");
            case State.Starting starting ->
                new Health.Down("starting since " + text(starting.since()) + starting.after());
            case State.Running running -> Health.UP;
            case State.Waiting waiting ->
                new Health.Down("down since " + text(waiting.since()) + ": " + waiting.why() + "; next start at "
                        + text(waiting.until()) + "; its log is " + logFile);
        };
    }

    /** How the child is started. */
    public ChildCommand command() {
        return command;
    }

    /** What the child last told of itself. */
    public CorrelatorReadings readings() {
        return readings;
    }

    /** The state's name in lower case: closed, starting, running, waiting. */
    public String state() {
        return switch (state) {
            case State.Closed closed -> "closed";
            case State.Starting starting -> "starting";
            case State.Running running -> "running";
            case State.Waiting waiting -> "waiting";
        };
    }

    /** Since the child became ready; empty while it is not. */
    public Optional<Duration> uptime() {
        return state instanceof State.Running running
                ? Optional.of(Duration.between(running.since(), clock.instant()))
                : Optional.empty();
    }

    /** How often the child had to be started again. */
    public int restarts() {
        return restarts;
    }

    /** The child's process id, -1 while there is none. */
    public long pid() {
        synchronized (lock) {
            return process == null ? -1 : process.pid();
        }
    }

    @Override
    public void close() {
        Process running;
        Thread thread;
        synchronized (lock) {
            closing = true;
            running = process;
            thread = supervisor;
            lock.notifyAll();
        }
        if (running != null) {
            end(running);
        }
        if (thread != null) {
            join(thread);
        }
        state = new State.Closed();
    }

    private void supervise() {
        int failures = 0;
        String after = "";
        try (RotatingLog log = new RotatingLog(logFile, LOG_MAX_BYTES)) {
            while (true) {
                Instant began = clock.instant();
                state = new State.Starting(began, after);
                String why = runOnce(log);
                synchronized (lock) {
                    if (closing) {
                        return;
                    }
                    boolean longRun = clock.instant().isAfter(began.plus(policy.forgetAfter()));
                    failures = longRun ? 1 : failures + 1;
                    Duration wait = policy.waitAfter(failures);
                    LOG.warn("Correlator is down: {}. Next start in {} ms, log={}", why, wait.toMillis(), logFile);
                    state = new State.Waiting(
                            clock.instant(), why, clock.instant().plus(wait));
                    pause(wait);
                    if (closing) {
                        return;
                    }
                    restarts++;
                    after = " after it ended (" + why + ")";
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs the child until it ends and says how it ended. */
    private String runOnce(RotatingLog log) throws InterruptedException {
        Process child;
        synchronized (lock) {
            if (closing) {
                return "closing";
            }
            try {
                child = new ProcessBuilder(command.line())
                        .redirectErrorStream(true)
                        .start();
            } catch (IOException e) {
                return "it cannot be started: " + e.getMessage();
            }
            process = child;
        }
        LOG.info("Correlator started: pid={} log={}", child.pid(), logFile);
        String lastWords = pump(child, log);
        int exit = child.waitFor();
        readings.childEnded();
        synchronized (lock) {
            process = null;
        }
        return "it ended with exit code " + exit + (lastWords.isEmpty() ? "" : ", last words: " + lastWords);
    }

    /** Copies the child's output to the log until it ends; returns the last line that is not part of a stack trace. */
    private String pump(Process child, RotatingLog log) {
        String lastWords = "";
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (readings.take(line)) {
                    continue;
                }
                log.line(line);
                if (line.equals(READY)) {
                    state = new State.Running(clock.instant());
                    LOG.info("Correlator is ready: pid={}", child.pid());
                } else if (!line.isBlank() && !Character.isWhitespace(line.charAt(0))) {
                    lastWords = line;
                }
            }
        } catch (IOException e) {
            LOG.debug("The correlator's output broke off", e);
        }
        return lastWords.length() > REASON_MAX_CHARS ? lastWords.substring(0, REASON_MAX_CHARS) + "..." : lastWords;
    }

    /** Waits without holding up {@link #close()}; the lock is held by the caller. */
    private void pause(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        long left = wait.toNanos();
        while (left > 0 && !closing) {
            TimeUnit.NANOSECONDS.timedWait(lock, left);
            left = deadline - System.nanoTime();
        }
    }

    private void end(Process running) {
        // not Process.destroy, which also closes the child's standard input: the child would take us for dead and
        // end at once, without its checkpoint files closed and without its start-up cache written
        running.toHandle().destroy();
        try {
            if (!running.waitFor(closeDeadline.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Correlator did not end within {}, killing it", closeDeadline);
                running.destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
