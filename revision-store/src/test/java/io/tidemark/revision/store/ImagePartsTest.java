package io.tidemark.revision.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.revision.encoding.KeyEvent;
import io.tidemark.revision.encoding.KeyValueElement;
import io.tidemark.revision.encoding.RevisionEvents;
import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.machine.KeyValue;
import io.tidemark.revision.machine.Transaction.Change;
import io.tidemark.revision.machine.Transaction.Write;
import io.tidemark.revision.store.ImageUnusableException.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups that are so large that they are written in parts. */
class ImagePartsTest {
    private static final KeyRange ALL = new KeyRange(key("\0"), key("\0"));
    private static final ImageSettings SMALL = new ImageSettings(1 << 20, 1 << 20, 2, 100, 8);
    private static final int PART_BYTES = 1_000;

    @TempDir
    Path folder;

    private final List<RevisionEvents> told = new ArrayList<>();

    private static Key key(String text) {
        return Key.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Write puts(long revision, int keys, int bytes) {
        return new Write(
                revision,
                IntStream.range(0, keys)
                        .mapToObj(i -> new KeyValue(key("k/" + i), 2, revision, revision - 1, new byte[bytes], 0))
                        .<Change>map(Change.Put::new)
                        .toList(),
                0);
    }

    private static Write deletes(long revision, int keys) {
        return new Write(
                revision,
                IntStream.range(0, keys)
                        .<Change>mapToObj(i -> new Change.Delete(key("k/" + i)))
                        .toList(),
                0);
    }

    private Image open(Path where) {
        Image image = Image.open(where, SMALL, PART_BYTES);
        image.whenWritten(told::addAll);
        return image;
    }

    @Test
    void isShownAsAWholeAndStaysSo() {
        try (Image image = open(folder)) {
            image.apply(Logged.of(puts(2, 500, 100), deletes(3, 300)), new Position(2, 1, "log"));
            assertThat(image.revision()).isEqualTo(3);
        }
        try (Image image = open(folder);
                View view = image.view()) {
            assertThat(view.position()).isEqualTo(new Position(2, 1, "log"));
            assertThat(view.count(ALL, 0)).isEqualTo(200);
            assertThat(view.count(ALL, 2)).isEqualTo(500);
            assertThat(view.at(ALL, 2)).hasSize(500).allMatch(kv -> kv.value().length == 100);
        }
    }

    @Test
    void nothingOfAPartIsShownBeforeTheLastOne() throws InterruptedException {
        try (Image image = open(folder)) {
            image.apply(Logged.of(puts(2, 500, 100)), new Position(1, 1, "log"));
            List<Long> seen = new ArrayList<>();
            Thread reader = Thread.ofPlatform().start(() -> {
                long count = 500;
                while (count == 500) {
                    try (View view = image.view()) {
                        count = view.newest(ALL).size();
                    }
                }
                seen.add(count);
            });

            image.apply(Logged.of(deletes(3, 480)), new Position(2, 1, "log"));
            reader.join();

            assertThat(seen).containsExactly(20L);
        }
    }

    @Test
    void anImageThatWasLeftBetweenPartsIsNotOpened() {
        Database database = Database.open(folder, SMALL);
        Application application = new Application(database, Meta.open(database), Map.of(), PART_BYTES);
        Logged.of(puts(2, 500, 100)).forEach(application::take);
        database.endParts();
        database.flush();
        database.close();

        assertThatThrownBy(() -> open(folder))
                .isInstanceOfSatisfying(
                        ImageUnusableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.UNFINISHED));
        assertThatThrownBy(() -> ImageCopy.of(folder))
                .hasMessageContaining("was taken while a group was written to it");
    }

    @Test
    void copiesAreNotTakenBetweenParts() throws InterruptedException {
        try (Image image = open(folder.resolve("image"))) {
            Thread writer = Thread.ofPlatform().start(() -> {
                for (int group = 0; group < 20; group++) {
                    image.apply(Logged.of(puts(2 + group, 1_000, 100)), new Position(group + 1, 1, "log"));
                }
            });
            int copies = 0;
            while (writer.isAlive()) {
                Path copy = folder.resolve("copy" + copies++);
                image.files().copy(copy);
                ImageCopy whole = ImageCopy.of(copy);
                assertThat(whole.revision()).isEqualTo(1 + whole.position().nextOffset());
            }
            writer.join();
            assertThat(copies).isPositive();
            assertThat(image.revision()).isEqualTo(21);
        }
    }

    @Test
    void whatKeysWereBeforeIsLeftOutWhereItWouldBeTooMuch() {
        int large = 1 << 20;
        int tooMany = (int) (Telling.BYTES_MOST / large) + 2;
        try (Image image = open(folder)) {
            image.apply(Logged.of(puts(2, tooMany, large)), new Position(1, 1, "log"));
            image.apply(Logged.of(puts(3, 1, 1), deletes(4, tooMany), puts(5, 1, 1)), new Position(2, 1, "log"));
            image.apply(Logged.of(puts(6, 1, 1)), new Position(3, 1, "log"));

            assertThat(told.stream().map(RevisionEvents::revision)).containsExactly(2L, 3L, 4L, 5L, 6L);
            assertThat(told.stream().map(RevisionEvents::previous)).containsExactly(false, true, false, false, true);
            assertThat(told.get(2).events()).hasSize(tooMany).allMatch(event -> event.before() == null);
            try (View view = image.view()) {
                List<KeyEvent> read = events(view, true, Long.MAX_VALUE);
                assertThat(read).hasSize(tooMany).allMatch(ImagePartsTest::hasBefore);
                assertThat(events(view, false, Telling.BYTES_MOST)).hasSize(tooMany);
                EventPage tooLarge =
                        view.events(ALL, 3, true, new EventPage.Most(9, Long.MAX_VALUE, 9, Telling.BYTES_MOST));
                assertThat(tooLarge.tooLarge()).isTrue();
                assertThat(tooLarge.through()).isEqualTo(3);
                assertThat(tooLarge.revisions()).hasSize(1);
            }
        }
    }

    /** Of revision 4. */
    private static List<KeyEvent> events(View view, boolean previous, long revisionBytes) {
        EventPage page = view.events(ALL, 4, previous, new EventPage.Most(1, 1, 1, revisionBytes));
        assertThat(page.tooLarge()).isFalse();
        return page.revisions().getFirst().events();
    }

    /** A lookup that somebody did before is of no use for keys that the group wrote itself. */
    @Test
    void whatWasLookedUpBeforeTheGroupDoesNotCountBehindAPart() {
        KeyValue first = new KeyValue(key("k/0"), 2, 2, 1, new byte[] {1}, 0);
        try (Image image = open(folder)) {
            image.apply(
                    Logged.of(new Write(2, List.of(new Change.Put(first)), 0)), new Position(1, 1, "log"), Map.of());
            image.apply(
                    Logged.of(puts(3, 100, 100), puts(4, 100, 100)),
                    new Position(2, 1, "log"),
                    Map.of(first.key(), Optional.of(first)));

            try (View view = image.view()) {
                EventPage page = view.events(ALL, 4, true, new EventPage.Most(1, 1, 1, Long.MAX_VALUE));
                byte[] before = page.revisions().getFirst().events().getFirst().before();
                assertThat(before).isEqualTo(told.getLast().events().getFirst().before());
                assertThat(KeyValueElement.modRevision(before)).isEqualTo(3);
            }
        }
    }

    private static boolean hasBefore(KeyEvent event) {
        byte @Nullable [] before = event.before();
        return before != null && before.length > 0;
    }
}
