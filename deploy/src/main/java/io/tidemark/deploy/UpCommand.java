package io.tidemark.deploy;

import io.tidemark.deploy.correlator.ChildCommand;
import io.tidemark.deploy.sample.Sample;
import io.tidemark.deploy.sample.SampleFeed;
import io.tidemark.deploy.startup.CacheAssembly;
import io.tidemark.service.Config;
import io.tidemark.service.Health;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidemark up}: runs the platform in this process until it is told to stop. */
@Command(name = "up", description = "Runs the whole platform: Kafka, correlator, API, UI and audit doors.")
final class UpCommand implements Callable<Integer> {
    private static final long READY_POLL_MILLIS = 20;
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(15);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConfigOptions options;

    @Option(names = "--sample", paramLabel = "NAME", description = "also load a bundled sample: shop")
    private @Nullable String sample;

    @Override
    public Integer call() throws Exception {
        Installation installation = Installation.current();
        Optional<Sample> bundled = sample(installation);
        Config config =
                bundled.map(one -> SampleKeyspace.settings(options, one)).orElseGet(options::load);
        Platform platform = Platform.assemble(config, installation);
        ChildCommand child = platform.correlatorCommand();
        CacheAssembly caches = CacheAssembly.begin(
                installation.cacheScript(),
                List.of(CacheAssembly.Jvm.current(), new CacheAssembly.Jvm(child.jvmOptions(), child.classPath())));
        Thread stop = new Thread(() -> stop(platform, caches), "stop");
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            platform.start();
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
        PrintWriter out = spec.commandLine().getOut();
        greet(out, config, platform);
        if (bundled.isPresent()) {
            feed(out, platform, bundled.get());
        }
        awaitReady(out, platform);
        caches.ready();
        try {
            Thread.currentThread().join();
        } finally {
            // collected, it would close its script's input, which is the sign that this process has ended
            Reference.reachabilityFence(caches);
        }
        return ExitCode.OK;
    }

    private static void stop(Platform platform, CacheAssembly caches) {
        if (caches.isRecording() && platform.isReady()) {
            System.out.println("stopping; this once it takes longer, to write down what makes the next start fast");
        }
        platform.close();
    }

    private Optional<Sample> sample(Installation installation) {
        if (sample == null) {
            return Optional.empty();
        }
        return Optional.of(installation
                .sample(sample)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no sample named " + sample + "; there is: shop")));
    }

    private static void greet(PrintWriter out, Config config, Platform platform) {
        boolean embedded = config.get(DeployConfig.KAFKA).isEmpty();
        out.println("Tidemark " + VersionCommand.version());
        out.println("  UI and API   " + platform.httpAddress());
        out.println("  audit door   " + platform.httpAddress() + "/audit/<cluster>");
        Keyspaces.greet(out, platform.keyspaces());
        out.println("  Kafka        " + platform.kafkaAddress() + (embedded ? " (in this process)" : ""));
        out.println("  data         " + platform.folder().root());
        out.flush();
    }

    /** A sample that cannot be loaded is no reason to stop what serves real clusters. */
    private static void feed(PrintWriter out, Platform platform, Sample sample) throws InterruptedException {
        Path progress = platform.folder().samples();
        SampleKeyspace keyspace = new SampleKeyspace(platform.keyspaces(), sample, progress);
        Thread history = Thread.ofVirtual().name("sample history").start(() -> out.println(keyspace.load()));
        try {
            int sent = new SampleFeed(
                            list -> platform.take(sample.name(), list), sample.audit(), progress.resolve(sample.name()))
                    .feed();
            out.println(
                    sent == 0
                            ? "sample " + sample.name() + ": already loaded"
                            : "sample " + sample.name() + ": " + sent + " audit events accepted");
        } catch (IOException e) {
            out.println("sample " + sample.name() + ": not all loaded, the next start goes on (" + e + ")");
        }
        history.join();
        out.flush();
    }

    private static void tellWhatIsMissing(PrintWriter out, Platform platform) {
        platform.check().forEach((part, health) -> {
            if (health instanceof Health.Down down) {
                out.println("not ready yet: " + part + ": " + down.why());
            }
        });
        out.flush();
    }

    private void awaitReady(PrintWriter out, Platform platform) throws InterruptedException {
        long told = System.nanoTime();
        while (!platform.isReady()) {
            TimeUnit.MILLISECONDS.sleep(READY_POLL_MILLIS);
            if (System.nanoTime() - told > TELL_EVERY_NANOS) {
                told = System.nanoTime();
                tellWhatIsMissing(out, platform);
            }
        }
        out.printf("ready after %.1f s%n", platform.noteReady());
        platform.keyspaces().stream()
                .filter(store -> store.keyspace().name().equals(sample))
                .forEach(store -> out.println(
                        "next: tidemark get --prefix /registry/ --keys-only --limit 5 --endpoint " + store.address()));
        out.println(
                sample == null
                        ? "next: point a kube-apiserver's audit webhook at the audit door, or try `tidemark up"
                                + " --sample shop`"
                        : "next: open " + platform.httpAddress() + " and look for checkout");
        out.flush();
    }
}
