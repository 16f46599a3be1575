package io.tidemark.deploy;

import io.tidemark.deploy.http.HttpEdge;
import io.tidemark.revision.LogHome;
import io.tidemark.revision.RevisionConfig;
import io.tidemark.revision.RevisionStore;
import io.tidemark.revision.ServedKeyspace;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The keyspaces that a process serves. */
final class Keyspaces {
    private Keyspaces() {}

    /** Makes them, when their ports are free and their tokens' keys can be used; nothing runs yet. */
    static List<RevisionStore> of(RevisionStore.Shared shared, DataFolder folder, LogHome logs) {
        Listening.requireTokenKeys(shared.config());
        List<RevisionStore> all = new ArrayList<>();
        for (ServedKeyspace keyspace : ServedKeyspace.of(shared.config())) {
            if (logs.isShared() && keyspace.port() == 0) {
                throw new StartFailure(
                        StartFailure.Kind.PORT_UNKNOWN,
                        "keyspace '" + keyspace.name() + "' is shared with other nodes, and they have to know its port",
                        "name one with " + keyspace.setting() + " in place of 0");
            }
            HttpEdge.requireFreePort(
                    shared.config().get(RevisionConfig.HOST),
                    keyspace.port(),
                    "etcd API of keyspace " + keyspace.name(),
                    keyspace.setting());
            all.add(new RevisionStore(shared, keyspace, folder.keyspace(keyspace.name()), logs));
        }
        return all;
    }

    /** Tells where each one is. */
    static void greet(PrintWriter out, List<RevisionStore> keyspaces) {
        for (RevisionStore store : keyspaces) {
            String which = store.keyspace().isDefault()
                    ? ""
                    : " (keyspace " + store.keyspace().name() + ")";
            out.println("  etcd API     " + store.address() + which);
        }
        keyspaces.stream()
                .map(RevisionStore::durability)
                .distinct()
                .forEach(durability -> out.println("  durability   " + durability));
    }
}
