package io.tidemark.tests.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * What is measured.
 *
 * @param recordingFile the recording
 * @param bulk the recording in lists of 400 events
 * @param trickle the recording in lists of 50 events
 * @param events of the saturated part; half as many in the two before it
 * @param trickleEvents of the part with 500 events/s
 * @param eventsPerSecond rate of the sustained part
 * @param rounds lives of the platform under load
 * @param starts starts of the platform without and with its start-up caches
 * @param settings of the platform, key=value
 */
record BenchPlan(
        Path recordingFile,
        Recording bulk,
        Recording trickle,
        int events,
        int trickleEvents,
        int eventsPerSecond,
        int rounds,
        int starts,
        List<String> settings) {

    /** Copies of the recording that hold at least so many events. */
    int copies(int wanted) {
        return Math.ceilDiv(wanted, bulk.events());
    }
}
