package io.tidemark.revision.store;

import io.tidemark.revision.machine.Alarms;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A view of a moment that is held for it. */
final class MomentView implements View {
    private final AtomicReference<@Nullable Moment> held;
    private final Runnable closed;

    /** @param closed called once, when this is closed */
    MomentView(Moment held, Runnable closed) {
        this.held = new AtomicReference<>(held);
        this.closed = closed;
    }

    /** What was given back to native code must not be read: that would end the process. */
    private Moment moment() {
        Moment moment = held.get();
        if (moment == null) {
            throw new IllegalStateException("this view is closed");
        }
        return moment;
    }

    @Override
    public Position position() {
        return moment().state().position();
    }

    @Override
    public long revision() {
        return moment().revision();
    }

    @Override
    public long compacted() {
        return moment().compacted();
    }

    @Override
    public @Nullable KeyValue newest(Key key) {
        return moment().newest(key);
    }

    @Override
    public List<KeyValue> newest(KeyRange range) {
        return moment().newest(range);
    }

    @Override
    public List<Key> keys(KeyRange range, int most) {
        return moment().keys(range, most);
    }

    @Override
    public List<KeyValue> at(KeyRange range, long revision) {
        return moment().at(range, revision);
    }

    @Override
    public EncodedPage page(Listing what, long mostBytes, Room room) {
        Moment moment = moment();
        return moment.page(what.at(moment.revision()), mostBytes, room);
    }

    @Override
    public PageSize measure(Listing what) {
        Moment moment = moment();
        return moment.measure(what.at(moment.revision()));
    }

    @Override
    public EventPage events(KeyRange range, long from, boolean previous, EventPage.Most most) {
        return moment().events(range, from, previous, most);
    }

    @Override
    public long count(KeyRange range, long revision) {
        Moment moment = moment();
        return moment.count(range, meant(moment, revision));
    }

    @Override
    public long checksum(long revision) {
        return moment().checksum(revision);
    }

    @Override
    public void history(VersionVisitor visitor) throws IOException {
        moment().history(visitor);
    }

    @Override
    public @Nullable RevisionTime newestBy(long micros) {
        return moment().times().newestBy(micros);
    }

    @Override
    public @Nullable RevisionTime oldest() {
        return moment().times().oldest();
    }

    @Override
    public void times(RevisionTimeVisitor visitor) throws IOException {
        moment().times().visit(visitor);
    }

    @Override
    public List<Lease> leases() {
        return moment().leases();
    }

    @Override
    public Path folder() {
        return moment().folder();
    }

    private static long meant(Moment moment, long revision) {
        return revision == 0 ? moment.revision() : revision;
    }

    @Override
    public @Nullable Lease lease(long id) {
        return moment().lease(id);
    }

    @Override
    public List<Key> keysOf(long lease) {
        return moment().keysOf(lease);
    }

    @Override
    public Auth auth() {
        return moment().auth();
    }

    @Override
    public Alarms alarms() {
        return moment().alarms();
    }

    @Override
    public void close() {
        Moment moment = held.getAndSet(null);
        if (moment != null) {
            moment.release();
            closed.run();
        }
    }
}
