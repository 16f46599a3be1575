package io.tidemark.deploy;

import io.tidemark.deploy.sample.Sample;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionStore;
import io.tidemark.revision.client.ClientSettings;
import io.tidemark.revision.client.ClientSettings.Tls;
import io.tidemark.revision.client.Endpoint;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.RefusedException;
import io.tidemark.revision.client.UnreachableException;
import io.tidemark.revision.transfer.HistoryFile;
import io.tidemark.revision.transfer.HistoryImport;
import io.tidemark.revision.transfer.TransferException;
import io.tidemark.service.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keyspace of a sample: every revision of the recorded etcd, loaded once per data folder through the etcd API. How far
 * it is stands in the keyspace itself; a file says that it was all loaded, so that the keyspace may be written afterwards.
 */
final class SampleKeyspace {
    private static final String DEFAULT_PORT = "2381";
    private static final String ANY_PORT = "0";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int IN_FLIGHT = 256;
    /** The port is this process's own: there is nobody to mistrust. */
    private static final Tls OF_THIS_PROCESS = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), true);

    private final Optional<RevisionStore> store;
    private final Sample sample;
    private final Path loaded;

    /** @param progress folder for what is remembered */
    SampleKeyspace(List<RevisionStore> keyspaces, Sample sample, Path progress) {
        this.store = keyspaces.stream()
                .filter(keyspace -> keyspace.keyspace().name().equals(sample.name()))
                .findFirst();
        this.sample = sample;
        this.loaded = progress.resolve(sample.name() + ".history");
    }

    /**
     * What the user has set, with the sample's keyspace behind the others. It has a port of its own, but any free one when
     * the etcd API is not on its usual one, since another Tidemark may be there. On a Kafka cluster, which others share, it is
     * served only when the user has named it.
     */
    static Config settings(ConfigOptions options, Sample sample) {
        Config config = options.load();
        List<String> keyspaces = new ArrayList<>(config.get(RevisionConfig.KEYSPACES));
        boolean named = keyspaces.stream().anyMatch(each -> each.startsWith(sample.name() + ":"));
        if (named || !config.get(DeployConfig.KAFKA).isEmpty()) {
            return config;
        }
        boolean usual =
                RevisionConfig.PORT.defaultText().equals(Optional.of(String.valueOf(config.get(RevisionConfig.PORT))))
                        && keyspaces.stream().noneMatch(each -> each.endsWith(":" + DEFAULT_PORT));
        keyspaces.add(sample.name() + ":" + (usual ? DEFAULT_PORT : ANY_PORT));
        return options.load(Map.of(RevisionConfig.KEYSPACES.name(), String.join(",", keyspaces)));
    }

    /** Loads what is not there yet; returns what there is to say about it. */
    String load() {
        String about = "keyspace " + sample.name() + ": ";
        if (store.isEmpty()) {
            return about + "not served by this process";
        }
        if (Files.exists(loaded)) {
            return about + "holds its history";
        }
        Endpoint endpoint = Endpoint.parse(store.get().address());
        ClientSettings settings =
                new ClientSettings(List.of(endpoint), OF_THIS_PROCESS, Optional.empty(), PATIENCE, PATIENCE);
        try (EtcdClient client = new EtcdClient(settings);
                HistoryFile history = HistoryFile.open(sample.history())) {
            HistoryImport.Outcome outcome =
                    new HistoryImport(client, history, IN_FLIGHT, (revision, done, share) -> {}).run();
            Files.writeString(loaded, Long.toString(outcome.after()));
            return about + "recorded history, revisions 2 to " + outcome.after();
        } catch (TransferException e) {
            return about + "not loaded: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return about + "not all loaded, the next start goes on (stopped)";
        } catch (IOException | RefusedException | UnreachableException e) {
            return about + "not all loaded, the next start goes on (" + e.getMessage() + ")";
        }
    }
}
