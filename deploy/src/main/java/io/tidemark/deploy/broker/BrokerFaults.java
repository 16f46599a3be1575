package io.tidemark.deploy.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when Kafka says it cannot go on (its log directory failed, its metadata cannot be applied): the process
 * ends with one line that says why. Nothing acknowledged is lost by that, and a process that goes on without its log
 * would only refuse everything.
 */
final class BrokerFaults implements FaultHandlerFactory {
    /** EX_IOERR of sysexits.h. */
    static final int EXIT_CODE = 74;

    private static final Logger LOG = LoggerFactory.getLogger(BrokerFaults.class);
    private static final long FULL_BELOW_BYTES = 16 * 1024 * 1024;

    private final Path folder;

    BrokerFaults(Path folder) {
        this.folder = folder;
        Exit.setExitProcedure((code, message) -> end(message, null));
        Exit.setHaltProcedure((code, message) -> end(message, null));
    }

    @Override
    public FaultHandler build(String name, boolean fatal, Runnable action) {
        if (!fatal) {
            return new LoggingFaultHandler(name, action);
        }
        return (message, cause) -> {
            action.run();
            return end(name + ": " + message, cause);
        };
    }

    private RuntimeException end(@Nullable String message, @Nullable Throwable cause) {
        LOG.error(
                "The embedded Kafka cannot go on: {}. Nothing acknowledged is lost; start again when this is repaired.",
                diskIsFull() ? "the disk of " + folder + " is full" : message,
                cause);
        Runtime.getRuntime().halt(EXIT_CODE);
        return new IllegalStateException(message, cause);
    }

    private boolean diskIsFull() {
        try {
            return Files.getFileStore(folder).getUsableSpace() < FULL_BELOW_BYTES;
        } catch (IOException e) {
            return false;
        }
    }
}
