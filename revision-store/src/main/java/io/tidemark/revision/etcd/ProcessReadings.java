package io.tidemark.revision.etcd;

import com.sun.management.UnixOperatingSystemMXBean;
import io.tidemark.revision.etcd.MetricsPage.MetricsText;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Prometheus' clients tell of their process; what the system does not tell is left out. */
final class ProcessReadings {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Pattern RESIDENT = Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double MILLIS = TimeUnit.SECONDS.toMillis(1);
    private static final long KIB = 1024;

    private ProcessReadings() {}

    static void write(MetricsText out) {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        if (system instanceof UnixOperatingSystemMXBean unix) {
            out.one(EtcdMetric.CPU, unix.getProcessCpuTime() / NANOS);
            out.one(EtcdMetric.OPEN_FILES, unix.getOpenFileDescriptorCount());
            out.one(EtcdMetric.MAX_FILES, unix.getMaxFileDescriptorCount());
        }
        out.one(EtcdMetric.START, ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS);
        try {
            Matcher resident = RESIDENT.matcher(Files.readString(STATUS));
            if (resident.find()) {
                out.one(EtcdMetric.RESIDENT, Long.parseLong(resident.group(1)) * KIB);
            }
        } catch (IOException e) {
            return; // another system
        }
    }
}
