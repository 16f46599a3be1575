package io.tidemark.tests.platform;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** One {@code tidemark store} of the distribution in {@code deploy/target}. */
public final class StoreNodeProcess extends DistributionProcess {
    private final String kafka;

    private StoreNodeProcess(String kafka, Path data) throws IOException {
        super(PlatformProcess.installation(), "store", data, options(kafka));
        this.kafka = kafka;
    }

    /** Starts it; {@link #awaitReady} tells when it can be used. */
    public static StoreNodeProcess start(String kafka, Path data) throws IOException {
        return new StoreNodeProcess(kafka, data);
    }

    private static Stream<String> options(String kafka) {
        return Stream.of("--set", "kafka.bootstrap.servers=" + kafka);
    }

    /** Starts it again on its folder and ports. */
    public void restart() throws IOException {
        relaunch("store", options(kafka));
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
