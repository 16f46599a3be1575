package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.RefusedException;
import io.tidemark.revision.client.UnreachableException;
import io.tidemark.revision.transfer.TransferException;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.PrintStream;
import java.util.function.Supplier;

/** One conversation with a store, and its failures as commands tell them. */
final class Asking {
    private Asking() {}

    /** What to ask and print. */
    @FunctionalInterface
    interface Work {
        void run(EtcdClient client) throws InterruptedException, TransferException;
    }

    /** Returns the exit code of success. */
    static int run(ConnectionOptions connection, PrintStream out, Work work) throws InterruptedException {
        return run(connection::connect, out, work);
    }

    /** The same with another way to connect. */
    static int run(Supplier<EtcdClient> connecting, PrintStream out, Work work) throws InterruptedException {
        try (EtcdClient client = connecting.get()) {
            work.run(client);
            return 0;
        } catch (TransferException e) {
            throw new CommandFailure(Kind.FAILED, String.valueOf(e.getMessage()), e.remedy());
        } catch (RefusedException e) {
            throw refused(e);
        } catch (UnreachableException e) {
            throw new CommandFailure(
                    Kind.UNAVAILABLE,
                    String.valueOf(e.getMessage()),
                    "start it with `tidemark up`, or name its address with --endpoints or $ETCDCTL_ENDPOINTS");
        } finally {
            out.flush();
        }
    }

    private static CommandFailure refused(RefusedException refused) {
        String message = String.valueOf(refused.getMessage());
        if (refused.isUnavailable()) {
            return new CommandFailure(
                    Kind.UNAVAILABLE, message, "a write may be done all the same: read before it is written again");
        }
        return switch (refused.status()) {
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new CommandFailure(Kind.FAILED, message, "say who you are with --user name:password");
            case UNIMPLEMENTED -> new CommandFailure(Kind.FAILED, message, "the server does not have this");
            default -> new CommandFailure(Kind.FAILED, message);
        };
    }
}
