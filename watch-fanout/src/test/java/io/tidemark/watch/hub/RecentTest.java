package io.tidemark.watch.hub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Key;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentTest {
    private static final int KEPT = 4;
    private static final long FIRST = 10;

    private final Recent recent = new Recent(64, KEPT, 1 << 20, FIRST - 1);

    @Test
    void whatEverybodyWasToldGoesButForTheNewest() {
        AtomicLong slow = follower();
        AtomicLong quick = follower();
        write(FIRST, 20);
        assertThat(held()).containsExactlyElementsOf(revisions(FIRST, 20));

        quick.set(21);
        slow.set(14);
        write(21, 21);
        assertThat(held()).containsExactlyElementsOf(revisions(14, 21));

        slow.set(22);
        write(22, 22);
        assertThat(held()).containsExactlyElementsOf(revisions(19, 22));
        assertThat(recent.bytes()).isEqualTo(4 * event(22).bytes());
    }

    @Test
    void nobodyNeedsAnythingButTheNewest() {
        write(FIRST, 30);
        assertThat(held()).containsExactlyElementsOf(revisions(27, 30));
    }

    @Test
    void whoIsFarBehindHoldsNoMoreThanThereIsRoomFor() {
        Recent small = new Recent(64, KEPT, 3 * event(FIRST).bytes(), FIRST - 1);
        small.follow(() -> 0);
        LongStream.rangeClosed(FIRST, 30).forEach(revision -> small.add(List.of(event(revision))));
        assertThat(revisions(FIRST, 30))
                .filteredOn(revision -> small.at(revision) != null)
                .containsExactly(28L, 29L, 30L);
    }

    private AtomicLong follower() {
        AtomicLong next = new AtomicLong(FIRST);
        recent.follow(next::get);
        return next;
    }

    private void write(long from, long to) {
        LongStream.rangeClosed(from, to).forEach(revision -> recent.add(List.of(event(revision))));
    }

    private List<Long> held() {
        return revisions(FIRST, recent.newest()).stream()
                .filter(revision -> recent.at(revision) != null)
                .toList();
    }

    private static List<Long> revisions(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static RevisionEvents event(long revision) {
        Key key = Key.of(new byte[] {'a'});
        return new RevisionEvents(revision, 0, true, List.of(KeyEvent.deletion(key, revision, null)));
    }
}
