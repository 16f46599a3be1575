package io.tidemark.revision.cli;

import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code tidemark restore}: an empty keyspace from a file. */
@Command(
        name = "restore",
        description =
                "Makes an empty keyspace what a backup holds: every version with its revision, what was compacted,"
                        + " leases, users and roles. Given again, it goes on where it stopped, as long as nobody else wrote.",
        footer = {
            "",
            "FILE is of `tidemark backup`, of `etcdctl snapshot save`, or member/snap/db of an etcd that is stopped. A",
            "keyspace that holds something else is left alone; etcd.keyspaces adds an empty one. Leases have their whole",
            "time again. With --revision or --at, leases and users are those of the backup all the same. When a revision was",
            "written is known to files of `tidemark backup` alone.",
            "",
            "  tidemark restore snapshot.db --revision 4711 --endpoint 127.0.0.1:2479",
            "  tidemark restore shop.db --at 2026-11-23T08:17:47Z --endpoint 127.0.0.1:2479"
        })
public final class RestoreCommand implements Callable<Integer> {
    private final Streams streams;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "the backup, or a snapshot of etcd")
    private Path file = Path.of("");

    @Option(
            names = "--revision",
            paramLabel = "REVISION",
            description = "as it was at this revision; default: the last one in the file")
    private long revision;

    @Mixin
    private AtOption at = new AtOption();

    @Mixin
    private ConnectionOptions connection = new ConnectionOptions();

    /** For picocli. */
    public RestoreCommand() {
        this(Streams.ofProcess());
    }

    RestoreCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (revision < 0) {
            throw new CommandFailure(Kind.USAGE, "--revision " + revision + " is none", "name one from 1 on");
        }
        at.check("--revision", revision);
        return Asking.run(
                connection::connectPatiently,
                streams.out(),
                target -> streams.out()
                        .print(Restoring.run(
                                target,
                                new Restoring.Source(file, file.toString(), revision, at.time()),
                                spec.commandLine().getErr())));
    }
}
