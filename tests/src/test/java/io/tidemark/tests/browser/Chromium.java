package io.tidemark.tests.browser;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The Chromium of this machine. Nothing is downloaded. */
final class Chromium {
    /** Environment variable that names the executable when it is not on the path. */
    static final String VARIABLE = "CHROMIUM";

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome.exe");
    private static final List<Path> PLACES = List.of(
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    private Chromium() {}

    static Optional<Path> find() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isEmpty()) {
            return Optional.of(Path.of(named)).filter(Files::isExecutable);
        }
        Stream<Path> onPath = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return Stream.concat(onPath, PLACES.stream())
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path required() {
        return find().orElseThrow(() -> new IllegalStateException("no Chromium was found on the path; install one"
                + " (Debian: apt-get install chromium) or name its executable in the environment variable "
                + VARIABLE));
    }
}
