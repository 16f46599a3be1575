package io.tidemark.deploy;

import io.tidemark.service.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidemark doctor}: whether the platform on this machine works, and what is known about it. */
@Command(
        name = "doctor",
        description = "Asks the running platform how it is: health of each part, coverage of the log.")
final class DoctorCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Override
    public Integer call() throws InterruptedException {
        Config config = options.load();
        String address = "http://" + config.get(DeployConfig.HTTP_HOST) + ":" + config.get(DeployConfig.HTTP_PORT);
        PrintWriter out = spec.commandLine().getOut();
        out.println("tidemark " + VersionCommand.version() + " at " + address);
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<String> ready = get(client, address + "/readyz?verbose");
            out.println(ready.body().strip());
            out.println(get(client, address + "/api/v1/coverage").body().strip());
            return ready.statusCode() == 200 ? ExitCode.OK : ExitCode.FAILED;
        } catch (IOException e) {
            spec.commandLine()
                    .getErr()
                    .println("tidemark: nothing answers at " + address
                            + "; start it with `tidemark up`, or name its port with --port");
            return ExitCode.UNAVAILABLE;
        }
    }

    private static HttpResponse<String> get(HttpClient client, String address)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
