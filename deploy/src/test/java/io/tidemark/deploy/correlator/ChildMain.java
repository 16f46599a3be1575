package io.tidemark.deploy.correlator;

import java.nio.file.Files;
import java.nio.file.Path;

/** Stands in for the correlator: ready at once, ends with its parent, or fails as long as a file exists. */
final class ChildMain {
    private ChildMain() {}

    public static void main(String[] args) throws Exception {
        Path failWhileThere = Path.of(args[0]);
        if (Files.exists(failWhileThere)) {
            System.err.println("no state to start from");
            System.err.println("\tat some.Frame");
            System.exit(3);
        }
        System.out.println("READY");
        System.out.flush();
        while (System.in.read() >= 0) {
            // the end of the stream is the message
        }
        Runtime.getRuntime().halt(0);
    }
}
