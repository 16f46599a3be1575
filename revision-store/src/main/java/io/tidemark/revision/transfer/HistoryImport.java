package io.tidemark.revision.transfer;

import com.google.protobuf.ByteString;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes every revision of a recording the same revision of an empty keyspace, by ordinary transactions, one each. Several
 * are under way at a time, each on condition that the one before is done; when one came too early, what is left is sent
 * again. A keyspace that holds the first revisions of the recording is continued.
 *
 * <pre>
 *   file ─► window of transactions under way ─► keyspace
 *             ▲                          │ refused: too early
 *             └── from the revision after the newest that is done
 * </pre>
 */
public final class HistoryImport {
    /** Of a keyspace that nobody wrote. */
    private static final long EMPTY = 1;
    /** How many of the newest recorded revisions are compared before an import goes on. */
    private static final int COMPARED = 32;
    /** What a connection takes before the server reads: with more, large requests are overtaken by small ones. */
    private static final long UNDER_WAY_BYTES = 48 * 1024;
    /** Any key: only the answer's header is wanted. */
    private static final ByteString ANY_KEY = ByteString.copyFrom(new byte[1]);

    private final EtcdClient client;
    private final HistoryFile file;
    private final int window;
    private final Progress progress;
    private final Deque<Sent> underWay = new ArrayDeque<>();
    private final Succession succession = new Succession();
    private long underWayBytes;
    private long done;

    /**
     * What an import did.
     *
     * @param before revision of the keyspace before
     * @param after revision of the keyspace now: the recording's last
     */
    public record Outcome(long before, long after) {}

    /** One transaction under way. */
    private record Sent(long revision, TxnRequest request, Future<TxnResponse> answer) {}

    /** @param window most transactions under way at a time */
    public HistoryImport(EtcdClient client, HistoryFile file, int window, Progress progress) {
        this.client = client;
        this.file = file;
        this.window = window;
        this.progress = progress;
    }

    /**
     * Imports what the keyspace does not hold yet.
     *
     * @throws TransferException when the recording has a gap, does not begin where an empty keyspace does, or the keyspace
     *     holds something else
     */
    public Outcome run() throws TransferException, InterruptedException {
        long before = revision();
        done = before;
        if (before != EMPTY) {
            skip(before);
        }
        RecordedRevision next = file.next();
        if (next != null && next.number() != before + 1) {
            throw new TransferException(
                    file + " begins with revision " + next.number() + ", an empty keyspace goes on with " + (EMPTY + 1),
                    "record the history from its first revision on");
        }
        while (next != null) {
            send(next, before);
            next = file.next();
        }
        settle(0, before);
        return new Outcome(before, done);
    }

    private void send(RecordedRevision revision, long before) throws TransferException, InterruptedException {
        if (succession.mustBeWaitedFor()) {
            settle(0, before);
            succession.settled();
        }
        TxnRequest request = revision.transaction(succession.conditions());
        while (!underWay.isEmpty()
                && (underWay.size() >= window || underWayBytes + request.getSerializedSize() > UNDER_WAY_BYTES)) {
            settle(underWay.size() - 1, before);
        }
        send(revision.number(), request);
        succession.add(revision);
    }

    private void send(long revision, TxnRequest request) throws InterruptedException {
        underWay.add(new Sent(revision, request, client.send(EtcdMethods.TXN, request)));
        underWayBytes += request.getSerializedSize();
    }

    /** Waits for the oldest ones under way, until no more than so many are. */
    private void settle(int left, long before) throws TransferException, InterruptedException {
        while (underWay.size() > left) {
            Sent oldest = underWay.remove();
            underWayBytes -= oldest.request().getSerializedSize();
            TxnResponse answer = client.await(EtcdMethods.TXN.fullMethodName(), oldest.answer());
            if (answer.getSucceeded()) {
                became(oldest.revision(), answer.getHeader().getRevision());
            } else {
                again(oldest);
            }
            progress.at(done, done - before, file.share());
        }
    }

    /** Sends one that came too early, and all after it, once what is under way has come to its end. */
    private void again(Sent early) throws TransferException, InterruptedException {
        List<Sent> late = List.copyOf(underWay);
        underWay.clear();
        underWayBytes = 0;
        for (Sent sent : late) {
            client.await(EtcdMethods.TXN.fullMethodName(), sent.answer());
        }
        TxnResponse alone = client.ask(EtcdMethods.TXN, early.request());
        if (!alone.getSucceeded()) {
            throw new TransferException(
                    file + ", revision " + early.revision() + ": its versions do not follow from the revisions before",
                    "the recording is damaged, or somebody else writes the keyspace");
        }
        became(early.revision(), alone.getHeader().getRevision());
        for (Sent sent : late) {
            send(sent.revision(), sent.request());
        }
    }

    private void became(long recorded, long revision) throws TransferException {
        if (revision != recorded) {
            throw new TransferException(
                    "revision " + recorded + " of the recording has become revision " + revision
                            + ": somebody else writes this keyspace",
                    "import into a keyspace of its own that nobody writes");
        }
        done = recorded;
    }

    private long revision() throws InterruptedException {
        RangeRequest request =
                RangeRequest.newBuilder().setKey(ANY_KEY).setCountOnly(true).build();
        return client.ask(EtcdMethods.RANGE, request).getHeader().getRevision();
    }

    /** Reads the recording up to the keyspace's revision, and compares the newest keys. */
    private void skip(long revision) throws TransferException, InterruptedException {
        Deque<RecordedRevision> newest = new ArrayDeque<>();
        RecordedRevision next = file.next();
        while (next != null) {
            newest.add(next);
            if (newest.size() > COMPARED) {
                newest.remove();
            }
            if (next.number() == revision) {
                compare(newest, revision);
                return;
            }
            next = file.next();
        }
        throw notEmpty(revision, "its revision " + revision + " is after the recording's last");
    }

    private void compare(Deque<RecordedRevision> newest, long revision) throws TransferException, InterruptedException {
        Map<ByteString, RecordedEvent> last = new LinkedHashMap<>();
        newest.forEach(each -> each.events().forEach(event -> last.put(event.key(), event)));
        for (RecordedEvent event : last.values()) {
            RangeResponse found = client.ask(
                    EtcdMethods.RANGE,
                    RangeRequest.newBuilder().setKey(event.key()).build());
            if (!matches(event, found)) {
                throw notEmpty(
                        revision,
                        "its key " + event.key().toStringUtf8() + " is not what the recording has at revision "
                                + event.revision());
            }
        }
    }

    private static boolean matches(RecordedEvent event, RangeResponse found) {
        if (event.value() == null) {
            return found.getKvsCount() == 0;
        }
        if (found.getKvsCount() == 0) {
            return false;
        }
        KeyValue kv = found.getKvs(0);
        return kv.getModRevision() == event.revision()
                && kv.getVersion() == event.version()
                && kv.getValue().equals(event.value());
    }

    private TransferException notEmpty(long revision, String why) {
        return new TransferException(
                "the keyspace is not empty (revision " + revision + ") and does not hold the beginning of " + file
                        + ": " + why,
                "import into an empty keyspace; etcd.keyspaces adds one");
    }
}
