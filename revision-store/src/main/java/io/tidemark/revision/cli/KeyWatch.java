package io.tidemark.revision.cli;

import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.client.RefusedException;
import io.tidemark.revision.client.UnreachableException;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import io.tidemark.service.Reconnection;
import java.io.PrintStream;
import java.io.PrintWriter;

/**
 * Keys watched at an etcd port. Only the first connection may fail; a later one is tried until it works, and goes on behind
 * what was told last.
 */
final class KeyWatch {
    private final WatchCreateRequest request;
    private final Printer printer;
    private final PrintStream out;
    private final Reconnection connection;
    private final long limit;
    private long next;
    private long printed;
    private boolean begun;
    private String canceled = "";

    /** @param limit events after which it ends; 0 for never */
    KeyWatch(WatchCreateRequest request, long limit, Printer printer, Streams streams, PrintWriter err) {
        this.request = request;
        this.limit = limit;
        this.printer = printer;
        this.out = streams.out();
        this.connection = new Reconnection(err);
        this.next = request.getStartRevision();
    }

    /** Returns when enough was told, or nobody reads what is printed any more. */
    void run(EtcdClient client) throws InterruptedException {
        boolean more = true;
        while (more) {
            try {
                WatchCreateRequest.Builder again = request.toBuilder().setStartRevision(next);
                client.converse(
                        EtcdMethods.WATCH,
                        WatchRequest.newBuilder().setCreateRequest(again).build(),
                        this::isMoreWanted);
                more = begun && canceled.isEmpty() && isOpen() && isBelowLimit();
                if (more) {
                    connection.lost("it was ended");
                }
            } catch (UnreachableException | RefusedException e) {
                if (!begun || e instanceof RefusedException refused && !refused.isUnavailable()) {
                    throw e;
                }
                connection.lost(String.valueOf(e.getMessage()));
            }
        }
        if (!canceled.isEmpty()) {
            throw new CommandFailure(Kind.FAILED, canceled, "begin with a revision that is still there, see --rev");
        }
    }

    private boolean isMoreWanted(WatchResponse answer) {
        if (answer.getCanceled()) {
            canceled =
                    answer.getCompactRevision() > 0 && answer.getCancelReason().isEmpty()
                            ? "watch was canceled: what was to be told first was compacted at revision "
                                    + answer.getCompactRevision()
                            : "watch was canceled: " + answer.getCancelReason();
            return false;
        }
        if (answer.getCreated()) {
            created(answer);
            return true;
        }
        if (answer.getEventsCount() == 0) {
            out.print("progress notify: " + answer.getHeader().getRevision() + "\n");
            next = Math.max(next, answer.getHeader().getRevision() + 1);
        } else {
            // etcd tells all events of a revision in one answer
            next = answer.getEvents(answer.getEventsCount() - 1).getKv().getModRevision() + 1;
            printed += answer.getEventsCount();
        }
        printer.watched(answer);
        return isOpen() && isBelowLimit();
    }

    private void created(WatchResponse answer) {
        connection.made();
        begun = true;
        next = next == 0 ? answer.getHeader().getRevision() + 1 : next;
    }

    /** Also flushes. */
    private boolean isOpen() {
        return !out.checkError();
    }

    private boolean isBelowLimit() {
        return limit <= 0 || printed < limit;
    }
}
