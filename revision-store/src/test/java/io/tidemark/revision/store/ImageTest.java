package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.machine.AuthChanged;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Permission;
import io.tidemark.revision.machine.Role;
import io.tidemark.revision.machine.Transaction;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Cleared;
import io.tidemark.revision.machine.Transaction.Raised;
import io.tidemark.revision.machine.Transaction.Write;
import io.tidemark.revision.machine.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageTest {
    private static final KeyRange ALL = new KeyRange(key("\0"), key("\0"));
    private static final ImageSettings FEW_VIEWS = new ImageSettings(1 << 20, 1 << 20, 1, 2, 8);

    @TempDir
    Path folder;

    private static Key key(String text) {
        return Key.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Write put(long revision, String key, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return new Write(revision, List.of(new Change.Put(new KeyValue(key(key), revision, revision, 1, bytes, 0))), 0);
    }

    @Test
    void aGroupWithAGapIsNotAppliedAtAll() {
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            Position before = image.position();

            assertThatThrownBy(
                            () -> image.apply(Logged.of(put(2, "a", "1"), put(4, "b", "2")), new Position(2, 1, "log")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("expected revision 3, found 4");

            assertThat(image.position()).isEqualTo(before);
            assertThat(image.newest(ALL)).isEmpty();
            image.apply(Logged.of(put(2, "a", "1")), new Position(1, 1, "log"));
            assertThat(image.revision()).isEqualTo(2);
        }
    }

    @Test
    void thePositionMovesWithoutTransactionsToo() {
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            image.apply(Logged.of(), new Position(9, 4, "log"));
        }
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            assertThat(image.position()).isEqualTo(new Position(9, 4, "log"));
            assertThat(image.revision()).isEqualTo(1);
        }
    }

    @Test
    void alarmsStayUntilTheyAreCleared() {
        Alarm full = new Alarm(-7, Alarm.NO_SPACE);
        Alarm corrupt = new Alarm(3, Alarm.CORRUPT);
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            image.apply(Logged.of(new Raised(corrupt), new Raised(full)), new Position(2, 1, "log"));
            assertThat(image.alarms().all()).containsExactly(full, corrupt);
        }
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            assertThat(image.alarms().all()).containsExactly(full, corrupt);
            image.apply(Logged.of(new Cleared(corrupt)), new Position(3, 1, "log"));
        }
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            assertThat(image.alarms().all()).containsExactly(full);
            assertThat(image.revision()).isEqualTo(1);
        }
    }

    @Test
    void usersAndRolesStayAsTheyWereLogged() {
        User ann = new User("ann", "$2a$04$x", false, List.of("some"));
        Role some = new Role("some", List.of(new Permission(ALL, Permission.READ)));
        Auth all = Auth.NONE.with(AuthChanged.with(Auth.NONE, ann));
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            image.apply(
                    Logged.of(
                            AuthChanged.with(Auth.NONE, ann),
                            AuthChanged.with(all, some),
                            AuthChanged.switching(true, 3)),
                    new Position(3, 1, "log"));
        }
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            assertThat(image.auth().enabled()).isTrue();
            assertThat(image.auth().revision()).isEqualTo(3);
            assertThat(image.auth().users()).containsExactly(entry("ann", ann));
            assertThat(image.auth().roles()).containsExactly(entry("some", some));
            assertThat(image.revision()).isEqualTo(1);
            image.apply(Logged.of(AuthChanged.without(image.auth(), ann)), new Position(4, 1, "log"));
        }
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            assertThat(image.auth().users()).isEmpty();
            assertThat(image.auth().roles()).hasSize(1);
            assertThat(image.auth().revision()).isEqualTo(4);
        }
    }

    @Test
    void asManyViewsAreOpenAsAllowed() {
        try (Image image = Image.open(folder, FEW_VIEWS)) {
            View one = image.view();
            View two = image.view();
            assertThatThrownBy(image::view).isInstanceOf(TooManyViewsException.class);
            assertThat(image.figures().openViews()).isEqualTo(2);
            one.close();
            one.close();
            assertThat(image.figures().openViews()).isEqualTo(1);
            image.view().close();
            two.close();
            assertThat(image.figures().openViews()).isZero();
        }
    }

    /** Native code would read what was given back. */
    @Test
    void aClosedViewSaysSo() {
        try (Image image = Image.open(folder, FEW_VIEWS)) {
            View view = image.view();
            view.close();
            assertThatThrownBy(() -> view.newest(ALL)).hasMessage("this view is closed");
        }
    }

    @Test
    void aViewIsReadAfterTheImageWasClosed() {
        Image image = Image.open(folder, FEW_VIEWS);
        image.apply(Logged.of(put(2, "a", "1")), new Position(1, 1, "log"));
        View view = image.view();
        image.close();

        assertThat(view.newest(ALL)).hasSize(1);
        assertThatThrownBy(image::view).hasMessage("the image is closed");
        assertThatThrownBy(() -> image.apply(Logged.of(), Position.START)).isInstanceOf(IllegalStateException.class);
        view.close();
        // only now is the folder free
        Image.open(folder, FEW_VIEWS).close();
    }

    @Test
    void aListIsCutByBytesAndGoesOn() {
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            image.apply(
                    Logged.of(put(2, "a", "1"), put(3, "b", "x".repeat(300_000)), put(4, "c", "3")),
                    new Position(1, 1, "log"));
            try (View view = image.view()) {
                EncodedPage first = view.page(new Listing(ALL, 0, 0, false), 1_000, ByteBuffer::allocate);
                EncodedPage second = view.page(
                        new Listing(new KeyRange(key("b"), key("\0")), 0, 0, false), 1_000, ByteBuffer::allocate);
                EncodedPage third = view.page(
                        new Listing(new KeyRange(key("c"), key("\0")), 0, 0, false), 1_000, ByteBuffer::allocate);

                assertThat(first.next()).isEqualTo(key("b"));
                assertThat(second.next()).isEqualTo(key("c"));
                assertThat(second.returned()).isEqualTo(1);
                assertThat(second.chunks()).hasSize(1);
                assertThat(KeyValueElement.decode(second.chunks().getFirst().array())
                                .value())
                        .hasSize(300_000);
                assertThat(third.next()).isNull();
            }
        }
    }

    /** Blocks of the counts are cut and joined while thousands of keys come and go, also those of views taken before. */
    @Test
    void countsAreThoseOfTheLists() {
        Random random = new Random(20261126);
        TreeSet<Integer> there = new TreeSet<>();
        List<Counted> counted = new ArrayList<>();
        try (Image image = Image.open(folder, ImageSettings.DEFAULT)) {
            for (int group = 0; group < 60; group++) {
                image.apply(Logged.of(some(group + 2, there, random)), new Position(group + 1, 1, "log"));
                counted.add(new Counted(image.view(), new TreeSet<>(there)));
            }
        }
        for (Counted moment : counted) {
            try (View view = moment.view()) {
                for (int i = 0; i < 10; i++) {
                    int from = random.nextInt(9_000);
                    int to = from + random.nextInt(9_000);
                    KeyRange range = new KeyRange(numbered(from), numbered(to));
                    int expected = moment.keys().subSet(from, to).size();
                    assertThat(view.count(range, 0)).isEqualTo(expected);
                    assertThat(view.measure(new Listing(range, 0, 0, false)).returned())
                            .isEqualTo(expected);
                    assertThat(view.newest(range)).hasSize(expected);
                }
            }
        }
    }

    private record Counted(View view, TreeSet<Integer> keys) {}

    private static Key numbered(int number) {
        return key("key%05d".formatted(number));
    }

    private static Transaction some(long revision, TreeSet<Integer> there, Random random) {
        List<Change> changes = new ArrayList<>();
        int start = random.nextInt(9_000);
        boolean coming = random.nextInt(3) > 0;
        for (int i = start; i < start + 1_500; i++) {
            if (coming) {
                there.add(i);
                changes.add(new Change.Put(new KeyValue(numbered(i), revision, revision, 1, new byte[10], 0)));
            } else if (there.remove(i)) {
                changes.add(new Change.Delete(numbered(i)));
            }
        }
        return new Write(revision, changes, 0);
    }

    /** Each group writes all keys at one revision: whoever sees two revisions at once sees a torn view. */
    @Test
    void viewsAreWholeWhileGroupsAreApplied() throws Exception {
        int keys = 20;
        int groups = 300;
        AtomicBoolean done = new AtomicBoolean();
        try (Image image = Image.open(folder, ImageSettings.DEFAULT);
                ExecutorService readers = Executors.newFixedThreadPool(3)) {
            List<Future<Integer>> reading = new ArrayList<>();
            Callable<Integer> reader = () -> read(image, keys, done);
            for (int i = 0; i < 3; i++) {
                reading.add(readers.submit(reader));
            }
            for (int group = 0; group < groups; group++) {
                image.apply(Logged.of(all(group + 2, keys)), new Position(group + 1, 1, "log"));
            }
            done.set(true);
            for (Future<Integer> views : reading) {
                assertThat(views.get()).isPositive();
            }
            assertThat(image.figures().openViews()).isZero();
        }
    }

    private static Transaction all(long revision, int keys) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            // in every second revision there is one key less
            Key key = key("k" + (char) ('a' + i));
            changes.add(
                    i == 0 && revision % 2 == 1
                            ? new Change.Delete(key)
                            : new Change.Put(new KeyValue(key, 2, revision, revision - 1, new byte[100], 0)));
        }
        return new Write(revision, changes, 0);
    }

    private static int read(Image image, int keys, AtomicBoolean done) {
        int views = 0;
        do {
            try (View view = image.view()) {
                long expected = view.revision() == 1 ? 0 : keys - view.revision() % 2;
                assertThat(view.position().nextOffset()).isEqualTo(view.revision() - 1);
                assertThat(view.count(ALL, 0)).isEqualTo(expected);
                assertThat(view.newest(ALL))
                        .hasSize((int) expected)
                        .allMatch(kv -> kv.modRevision() == view.revision());
                views++;
            }
        } while (!done.get());
        return views;
    }
}
