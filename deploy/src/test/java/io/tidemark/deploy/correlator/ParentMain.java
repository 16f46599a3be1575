package io.tidemark.deploy.correlator;

import io.tidemark.service.Health;
import java.nio.file.Path;

/** A process that supervises a child and prints the child's pid, to be killed by a test. */
final class ParentMain {
    private ParentMain() {}

    public static void main(String[] args) throws Exception {
        CorrelatorProcess correlator = CorrelatorProcessIT.supervise(Path.of(args[0]));
        correlator.start();
        while (!(correlator.check() instanceof Health.Up)) {
            Thread.onSpinWait();
        }
        System.out.println(correlator.pid());
        System.out.flush();
        Thread.currentThread().join();
    }
}
