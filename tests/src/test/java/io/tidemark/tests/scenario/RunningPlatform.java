package io.tidemark.tests.scenario;

import java.net.URI;

/** A platform that is up and has the recorded cluster under the name {@code shop}. */
public interface RunningPlatform {
    /** Where its HTTP port is, for example {@code http://127.0.0.1:7400}. */
    URI baseUri();
}
