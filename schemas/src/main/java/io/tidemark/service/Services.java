package io.tidemark.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The services of one process as one thing: started in the order given, closed in reverse, asked together. A service
 * whose close takes longer than the deadline is interrupted and left behind, so that it cannot keep the others open.
 *
 * <pre>
 * each service: WAITING -> STARTING -> RUNNING -> CLOSED
 *                  |           |____________________^
 *                  |________________________________^  (never begun: not closed, only shown as closed)
 * </pre>
 */
public final class Services implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Services.class);

    private enum State {
        WAITING,
        STARTING,
        RUNNING,
        CLOSED
    }

    private final List<Service> services;
    private final Duration closeDeadline;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    /** Guards {@link #begun} and {@link #closed}. */
    private final Object turn = new Object();

    private final Deque<Service> begun = new ArrayDeque<>();
    private boolean closed;

    /** Held by the one caller that closes, so that a second caller returns only when all is closed. */
    private final Object closing = new Object();

    /**
     * @param services in the order of their start
     * @param closeDeadline how long the close of each single service may take
     */
    public Services(List<? extends Service> services, Duration closeDeadline) {
        if (closeDeadline.isNegative() || closeDeadline.isZero()) {
            throw new IllegalArgumentException("closeDeadline: expected more than zero, found " + closeDeadline);
        }
        Set<String> names = new HashSet<>();
        for (Service service : services) {
            if (!names.add(service.name())) {
                throw new IllegalArgumentException("two services are named " + service.name());
            }
            states.put(service.name(), State.WAITING);
        }
        this.services = List.copyOf(services);
        this.closeDeadline = closeDeadline;
    }

    /**
     * Starts all services. When one fails, it and all before it are closed.
     *
     * @throws ServiceStartException naming the service that did not start
     * @throws IllegalStateException when already started, or closed before or while starting
     */
    public void start() {
        synchronized (turn) {
            if (closed || !begun.isEmpty()) {
                throw new IllegalStateException("services are started once, and not after close");
            }
        }
        boolean all = false;
        try {
            for (Service service : services) {
                startOne(service);
            }
            all = true;
        } finally {
            if (!all) {
                close();
            }
        }
    }

    private void startOne(Service service) {
        synchronized (turn) {
            if (closed) {
                throw new IllegalStateException("closed before " + service.name() + " was started");
            }
            begun.push(service);
            states.put(service.name(), State.STARTING);
        }
        try {
            service.start();
        } catch (RuntimeException e) {
            throw new ServiceStartException(service.name(), e);
        }
        if (states.replace(service.name(), State.STARTING, State.RUNNING)) {
            LOG.info("service started name={}", service.name());
        }
    }

    /** How every service is, in start order. A check that throws counts as down. */
    public Map<String, Health> check() {
        Map<String, Health> checks = new LinkedHashMap<>();
        services.forEach(service -> checks.put(service.name(), checkOne(service)));
        return checks;
    }

    /** Names of all services, in start order. */
    public List<String> names() {
        return services.stream().map(Service::name).toList();
    }

    /**
     * How one service is.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public Health check(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .map(this::checkOne)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no service is named " + name));
    }

    /** How the running services are that only a new process could repair, in start order. */
    public Map<String, Health> checkVital() {
        Map<String, Health> checks = new LinkedHashMap<>();
        for (Service service : services) {
            if (service.vital() && states.get(service.name()) == State.RUNNING) {
                checks.put(service.name(), checkOne(service));
            }
        }
        return checks;
    }

    private Health checkOne(Service service) {
        State state = states.getOrDefault(service.name(), State.WAITING);
        return switch (state) {
            case WAITING -> new Health.Down("not started");
            case STARTING -> new Health.Down("starting");
            case CLOSED -> new Health.Down("closed");
            case RUNNING -> {
                try {
                    yield service.check();
                } catch (RuntimeException e) {
                    LOG.warn("health check threw name={}", service.name(), e);
                    yield new Health.Down("its check threw " + e.getClass().getSimpleName());
                }
            }
        };
    }

    /** Closes what was begun, last first. Idempotent; a failing close is logged and does not stop the others. */
    @Override
    public void close() {
        synchronized (closing) {
            List<Service> toClose;
            synchronized (turn) {
                closed = true;
                toClose = new ArrayList<>(begun);
                begun.clear();
            }
            toClose.forEach(this::closeOne);
            states.replaceAll((name, state) -> State.CLOSED);
        }
    }

    private void closeOne(Service service) {
        states.put(service.name(), State.CLOSED);
        Thread closer = Thread.ofPlatform()
                .name("close-" + service.name())
                .daemon()
                .uncaughtExceptionHandler((thread, e) -> LOG.warn("service failed to close name={}", service.name(), e))
                .start(service::close);
        boolean ended = false;
        try {
            ended = closer.join(closeDeadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            LOG.info("service closed name={}", service.name());
        } else {
            closer.interrupt();
            LOG.warn("service left behind while closing name={} deadline={}", service.name(), closeDeadline);
        }
    }
}
