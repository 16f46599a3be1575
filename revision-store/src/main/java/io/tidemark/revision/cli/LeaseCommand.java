package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveResponse;
import io.tidemark.revision.etcd.proto.LeaseLeasesRequest;
import io.tidemark.revision.etcd.proto.LeaseRevokeRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveRequest;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code tidemark lease}: leases, which keys live by. */
@Command(
        name = "lease",
        description = "Grants, renews, shows and revokes leases of a store with the etcd API; flags and output are"
                + " etcdctl's.",
        synopsisSubcommandLabel = "COMMAND")
public final class LeaseCommand {
    private static final int RENEWALS_PER_LIFE = 3;

    private final Streams streams;

    /** For picocli. */
    public LeaseCommand() {
        this(Streams.ofProcess());
    }

    LeaseCommand(Streams streams) {
        this.streams = streams;
    }

    @Command(name = "grant", description = "Grants a lease and prints its id.")
    int grant(
            @Parameters(paramLabel = "TTL", description = "seconds that it lives without being renewed") long ttl,
            @Mixin OutputOptions output,
            @Mixin ConnectionOptions connection)
            throws InterruptedException {
        LeaseGrantRequest request = LeaseGrantRequest.newBuilder().setTTL(ttl).build();
        return run(
                connection,
                client -> output.printer(streams.out()).granted(client.ask(EtcdMethods.LEASE_GRANT, request)));
    }

    @Command(name = "revoke", description = "Ends a lease, and deletes the keys that live by it.")
    int revoke(
            @Parameters(paramLabel = "ID", converter = LeaseId.Converter.class, description = "in hexadecimal")
                    LeaseId lease,
            @Mixin OutputOptions output,
            @Mixin ConnectionOptions connection)
            throws InterruptedException {
        LeaseRevokeRequest request =
                LeaseRevokeRequest.newBuilder().setID(lease.number()).build();
        return run(
                connection,
                client -> output.printer(streams.out())
                        .revoked(lease.number(), client.ask(EtcdMethods.LEASE_REVOKE, request)));
    }

    @Command(name = "timetolive", description = "Prints how long a lease has still to live.")
    int timeToLive(
            @Parameters(paramLabel = "ID", converter = LeaseId.Converter.class, description = "in hexadecimal")
                    LeaseId lease,
            @Option(names = "--keys", description = "with the keys that live by it") boolean keys,
            @Mixin OutputOptions output,
            @Mixin ConnectionOptions connection)
            throws InterruptedException {
        LeaseTimeToLiveRequest request = LeaseTimeToLiveRequest.newBuilder()
                .setID(lease.number())
                .setKeys(keys)
                .build();
        return run(
                connection,
                client -> output.printer(streams.out())
                        .timeToLive(client.ask(EtcdMethods.LEASE_TIME_TO_LIVE, request), keys));
    }

    @Command(name = "list", description = "Prints the ids of all leases.")
    int list(@Mixin OutputOptions output, @Mixin ConnectionOptions connection) throws InterruptedException {
        return run(
                connection,
                client -> output.printer(streams.out())
                        .leases(client.ask(EtcdMethods.LEASE_LEASES, LeaseLeasesRequest.getDefaultInstance())));
    }

    @Command(
            name = "keep-alive",
            description = "Renews a lease, three times in its life, until it is gone or the command is interrupted.")
    int keepAlive(
            @Parameters(paramLabel = "ID", converter = LeaseId.Converter.class, description = "in hexadecimal")
                    LeaseId lease,
            @Option(names = "--once", description = "once only") boolean once,
            @Mixin OutputOptions output,
            @Mixin ConnectionOptions connection)
            throws InterruptedException {
        Printer printer = output.printer(streams.out());
        return run(connection, client -> {
            LeaseKeepAliveResponse answer = renew(client, lease);
            if (once && answer.getTTL() <= 0) {
                throw new CommandFailure(
                        Kind.FAILED, "etcdserver: requested lease not found", "`tidemark lease list` shows what is");
            }
            while (answer.getTTL() > 0) {
                printer.keptAlive(answer);
                if (once) {
                    return;
                }
                streams.out().flush();
                Thread.sleep(Duration.ofSeconds(answer.getTTL()).dividedBy(RENEWALS_PER_LIFE));
                answer = renew(client, lease);
            }
            printer.gone(lease.number());
        });
    }

    private static LeaseKeepAliveResponse renew(EtcdClient client, LeaseId lease) throws InterruptedException {
        return client.ask(
                EtcdMethods.LEASE_KEEP_ALIVE,
                LeaseKeepAliveRequest.newBuilder().setID(lease.number()).build());
    }

    private int run(ConnectionOptions connection, Asking.Work work) throws InterruptedException {
        return Asking.run(connection, streams.out(), work);
    }
}
