package io.tidemark.audit.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.JobClient;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The correlator's process: goes on from its newest checkpoint, prints {@code READY} once the job runs, and ends when
 * the job fails or when its standard input is closed, which is how it learns that its parent has died.
 */
public final class CorrelatorMain {
    private static final Logger LOG = LoggerFactory.getLogger(CorrelatorMain.class);
    private static final int FAILED = 1;
    private static final long POLL_MILLIS = 50;

    private CorrelatorMain() {}

    public static void main(String[] arguments) throws Exception {
        CorrelatorSettings settings = CorrelatorSettings.parse(arguments);
        Files.createDirectories(settings.checkpoints());
        for (String scratch : List.of("rocksdb", "tmp")) {
            Scratch.empty(settings.folder().resolve(scratch));
        }
        RestorePoint restorePoint = new RestorePoint(settings.folder(), settings.checkpoints());
        endWithParent(restorePoint);
        settings.registry().letCodecsAsk();
        JobClient job = run(settings, restorePoint);
        System.out.println("READY");
        try {
            job.getJobExecutionResult().get();
        } catch (ExecutionException e) {
            LOG.error("correlator failed; it goes on from its last checkpoint when started again", e);
            if (isOfKafka(e)) {
                restorePoint.notToBlame();
            }
        }
        System.exit(FAILED);
    }

    private static JobClient run(CorrelatorSettings settings, RestorePoint restorePoint) throws Exception {
        Optional<Path> checkpoint = restorePoint.choose();
        LOG.info(
                "correlator starts checkpoint={}",
                checkpoint.map(Path::toString).orElse("none"));
        JobClient client = new CorrelatorJob(settings).start(checkpoint);
        while (!client.getJobStatus().get().isTerminalState()) {
            if (client.getJobStatus().get() == JobStatus.RUNNING) {
                return client;
            }
            Thread.sleep(POLL_MILLIS);
        }
        return client;
    }

    private static boolean isOfKafka(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException) {
                return true;
            }
        }
        return false;
    }

    private static void endWithParent(RestorePoint restorePoint) {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is ever sent; the end of the stream is the message
                        }
                    } catch (IOException e) {
                        LOG.warn("standard input broke, ending as if it were closed", e);
                    }
                    try {
                        restorePoint.notToBlame();
                    } finally {
                        Runtime.getRuntime().halt(0);
                    }
                },
                "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
