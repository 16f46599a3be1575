package io.tidemark.service;

import java.io.PrintWriter;
import java.time.Duration;

/** A command's connection that is made again when it breaks: the pauses between attempts, and what people are told. One thread's. */
public final class Reconnection {
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final PrintWriter err;
    private Duration wait = FIRST_WAIT;
    private boolean broken;

    public Reconnection(PrintWriter err) {
        this.err = err;
    }

    /** It broke, or could not be made again: returns when it is time to try. */
    public void lost(String why) throws InterruptedException {
        if (!broken) {
            broken = true;
            tell("the connection broke (" + why + "); waiting for it to come back");
        }
        Thread.sleep(wait);
        Duration longer = wait.multipliedBy(2);
        wait = longer.compareTo(LONGEST_WAIT) < 0 ? longer : LONGEST_WAIT;
    }

    /** It was made, perhaps again. */
    public void made() {
        if (broken) {
            tell("connected again");
        }
        broken = false;
        wait = FIRST_WAIT;
    }

    private void tell(String what) {
        err.println("tidemark: " + what);
        err.flush();
    }
}
