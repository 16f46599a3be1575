package io.tidemark.jetcd;

import static io.tidemark.jetcd.Asking.done;

import io.etcd.jetcd.Client;
import io.etcd.jetcd.Maintenance;
import io.etcd.jetcd.maintenance.StatusResponse;
import java.io.ByteArrayOutputStream;

/** Uses each service of a fresh server, and prints what it is told. The only argument is the server's URL. */
public final class JetcdProgram {
    private JetcdProgram() {}

    public static void main(String... arguments) throws Exception {
        String endpoint = arguments[0];
        Telling telling = new Telling(System.out);
        try (Client client = Client.builder().endpoints(endpoint).build()) {
            Keys keys = new Keys(client.getKVClient(), client.getWatchClient(), telling);
            keys.readAndWrite();
            keys.transact();
            keys.watch();
            new Leases(client.getLeaseClient(), client.getKVClient(), telling).grantAndRenew();
            maintain(client.getMaintenanceClient(), endpoint, telling);
            Sessions sessions = new Sessions(client, telling);
            sessions.lock();
            sessions.elect();
            new Users(endpoint, client, telling).use();
        }
    }

    private static void maintain(Maintenance maintenance, String endpoint, Telling telling) {
        StatusResponse status = done(maintenance.statusMember(endpoint));
        telling.tell("status", status.getVersion().startsWith("3."), status.getDbSize() > 0, status.getLeader() != 0);
        telling.tell("alarms", done(maintenance.listAlarms()).getAlarms().size());
        telling.tell("hash", done(maintenance.hashKV(endpoint, 0)).getHash() != 0);
        done(maintenance.defragmentMember(endpoint));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        long bytes = done(maintenance.snapshot(file));
        telling.tell("snapshot", bytes > 0, bytes == file.size());
    }
}
