package io.tidemark.tests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What one process has used so far, as Linux counts it.
 *
 * @param cpuSeconds user and system time of all threads, ended ones included
 * @param residentBytes memory in use now
 * @param peakBytes most memory ever in use
 * @param roles CPU seconds of the threads that run now, by name without numbers
 */
public record Usage(double cpuSeconds, long residentBytes, long peakBytes, Map<String, Double> roles) {
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux
    private static final int FIRST_AFTER_NAME = 3;
    private static final int UTIME = 14;
    private static final int STIME = 15;

    public static Usage of(long pid) throws IOException {
        Path proc = Path.of("/proc", Long.toString(pid));
        Map<String, Double> roles = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(proc.resolve("task"))) {
            for (Path task : tasks.toList()) {
                addThread(task, roles);
            }
        }
        return new Usage(
                cpuSeconds(Files.readString(proc.resolve("stat"))),
                statusBytes(proc, "VmRSS:"),
                statusBytes(proc, "VmHWM:"),
                roles);
    }

    private static void addThread(Path task, Map<String, Double> roles) throws IOException {
        try {
            String stat = Files.readString(task.resolve("stat"));
            String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
            String role = name.replaceAll("[0-9]+", "").replaceAll("[-# /:]+$", "");
            roles.merge(role, cpuSeconds(stat), Double::sum);
        } catch (NoSuchFileException e) {
            // the thread ended meanwhile
        }
    }

    private static double cpuSeconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME - FIRST_AFTER_NAME]) + Long.parseLong(fields[STIME - FIRST_AFTER_NAME]))
                / TICKS_PER_SECOND;
    }

    private static long statusBytes(Path proc, String field) throws IOException {
        return Files.readAllLines(proc.resolve("status")).stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
