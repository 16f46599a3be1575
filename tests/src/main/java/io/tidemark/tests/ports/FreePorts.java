package io.tidemark.tests.ports;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that a process is told to listen on, seconds before it does. They are below those that the system gives to
 * connections: one of these is free when it is asked for, and may be a connection's when the process comes to it.
 */
public final class FreePorts {
    private static final int FIRST = 10_000;
    /** Where Linux begins by default to give ports to connections; others begin higher. */
    private static final int BEHIND = 32_768;

    private static final Path OF_CONNECTIONS = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int COUNT = behindLast() - FIRST;
    /** At random, for builds that run side by side. */
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private FreePorts() {}

    /** A port that nobody listens on, and that was not handed out before in this process. */
    public static int next() {
        for (int tried = 0; tried < COUNT; tried++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port from " + FIRST + " on");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** A system that gives almost all ports to connections leaves no better choice than the usual one. */
    private static int behindLast() {
        try {
            int lowest =
                    Integer.parseInt(Files.readString(OF_CONNECTIONS).strip().split("\\s+", 2)[0]);
            return lowest < FIRST + 1_000 ? BEHIND : lowest;
        } catch (IOException e) {
            return BEHIND; // not Linux
        }
    }
}
