package io.tidemark.tests.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One {@code tidemark store} of the distribution in {@code deploy/target}. */
public final class StoreNodeProcess extends DistributionProcess {
    private final List<String> options;

    private StoreNodeProcess(Path data, List<String> options) throws IOException {
        super(PlatformProcess.installation(), "store", data, options.stream());
        this.options = options;
    }

    /** Starts it; {@link #awaitReady} tells when it can be used. */
    public static StoreNodeProcess start(String kafka, Path data) throws IOException {
        return new StoreNodeProcess(data, List.of("--set", "kafka.bootstrap.servers=" + kafka));
    }

    /** The same of one that never writes. */
    public static StoreNodeProcess startObserver(String kafka, Path data) throws IOException {
        return new StoreNodeProcess(
                data, List.of("--set", "kafka.bootstrap.servers=" + kafka, "--set", "kv.election.candidate=false"));
    }

    /** Starts it again on its folder and ports. */
    public void restart() throws IOException {
        relaunch("store", options.stream());
    }

    /** Stops it as the scheduler of a starved machine would. */
    public void pause() throws IOException, InterruptedException {
        PlatformProcess.signal(process().toHandle(), "STOP");
    }

    public void resume() throws IOException, InterruptedException {
        PlatformProcess.signal(process().toHandle(), "CONT");
    }

    @Override
    public void close() {
        super.close();
        process().destroyForcibly();
    }
}
