package io.tidemark.tests.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What {@code /metrics} of an etcd port tells of known requests, as far as it is the same for every run and every store. */
final class MetricsReading {
    private static final Path FILE = GatewayRecording.FOLDER.resolve("metrics.txt");

    /** That asks for keys in many ways, and is refused at times. */
    private static final String PROGRAM = "kv";

    private static final Predicate<String> COMPARED = Pattern.compile("^(etcd_mvcc_(put|delete)_total|"
                    + "etcd_debugging_mvcc_(keys_total|current_revision|compact_revision)|"
                    + "etcd_server_(has_leader|is_leader|is_learner)|"
                    + "grpc_server_(started|handled)_total[{].*grpc_service=\"etcdserverpb.KV\".*) ")
            .asPredicate();

    /** Which metrics there are, and of which type. */
    private static final Predicate<String> TYPE =
            Pattern.compile("^# TYPE (etcd|grpc|process)_").asPredicate();

    private MetricsReading() {}

    /** Asks what {@link GatewayCases} say first. */
    static List<String> asked(int port) throws IOException, InterruptedException {
        GatewayRecording.asked(port, GatewayCases.all().get(PROGRAM));
        return Stream.concat(
                        page(port).filter(TYPE), page(port).filter(COMPARED).filter(line -> !line.endsWith(" 0")))
                .sorted()
                .toList();
    }

    private static Stream<String> page(int port) throws IOException, InterruptedException {
        try (HttpClient client = GatewayClient.http()) {
            URI address = URI.create("http://127.0.0.1:" + port + "/metrics");
            return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines();
        }
    }

    static List<String> read() throws IOException {
        return Files.readAllLines(FILE);
    }

    static void write(List<String> lines) throws IOException {
        Files.writeString(FILE, String.join("\n", lines) + "\n");
    }

    static boolean isType(String line) {
        return TYPE.test(line);
    }
}
