package io.tidemark.watch.topic;

import io.tidemark.revision.encoding.Micros;
import io.tidemark.revision.etcd.ReadWorkers;
import io.tidemark.revision.store.Image;
import io.tidemark.revision.store.TooManyViewsException;
import io.tidemark.revision.store.View;
import io.tidemark.watch.view.Start;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where topics begin. Of those that are asked for by time it is read from disk, by workers. */
final class StartTimes {
    private static final Logger LOG = LoggerFactory.getLogger(StartTimes.class);

    private final Image image;
    private final ReadWorkers workers;

    /** What comes of it. */
    sealed interface Answer {
        /** Where it begins. */
        record Begin(Start.Known start) implements Answer {}

        /** Why it does not. */
        record Refuse(Problem problem) implements Answer {}
    }

    StartTimes(Image image, ReadWorkers workers) {
        this.image = image;
        this.workers = workers;
    }

    /** @param then on the loop, once; at once when nothing has to be read */
    void find(Start start, HttpLoop loop, Consumer<Answer> then) {
        switch (start) {
            case Start.Known known -> then.accept(new Answer.Begin(known));
            case Start.After after -> {
                boolean taken = workers.offer(() -> {
                    Answer answer = answer(after);
                    loop.soon(() -> then.accept(answer));
                });
                if (!taken) {
                    then.accept(new Answer.Refuse(Problem.tooManyReads()));
                }
            }
        }
    }

    private Answer answer(Start.After after) {
        try (View view = image.view()) {
            Start.From from = after.known(view.newestBy(Micros.of(after.moment())), view.compacted());
            return from == null
                    ? new Answer.Refuse(Problem.compacted(after.moment(), view.compacted(), view.oldest()))
                    : new Answer.Begin(from);
        } catch (TooManyViewsException e) {
            return new Answer.Refuse(Problem.tooManyReads());
        } catch (RuntimeException e) {
            LOG.error("The revisions at {} could not be read for a watch topic", after.moment(), e);
            return new Answer.Refuse(Problem.unread());
        }
    }
}
