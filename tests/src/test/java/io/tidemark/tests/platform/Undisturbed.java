package io.tidemark.tests.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the small slice leads to when nothing disturbs it: fed once for all tests of one run. */
public final class Undisturbed {
    private static @Nullable String dump;

    private Undisturbed() {}

    /** The spans of {@link ShopSlice#small}, fed as the cluster {@code shop}. */
    public static synchronized String small() throws Exception {
        String known = dump;
        if (known == null) {
            known = feed(ShopSlice.small());
            dump = known;
        }
        return known;
    }

    private static String feed(List<JsonNode> events) throws Exception {
        Path folder = Files.createTempDirectory("undisturbed");
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"));
                Feeder feeder = new Feeder(platform.baseUri(), "shop")) {
            feeder.feed(events);
            SpanTopic topic = new SpanTopic(platform.kafka());
            topic.awaitSettled(feeder);
            return topic.dump();
        } finally {
            delete(folder);
        }
    }

    /** Removes a folder with all that is in it. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
