package io.tidemark.watch.topic;

import io.tidemark.watch.view.Told;
import java.util.List;

/** Where the messages of one topic go. On its event loop. */
interface Client {
    /** How it wants its messages. */
    Framing framing();

    /**
     * Before anything else: it begins behind that revision, and does so again when it is cut off before it was told of a later
     * one. Most know by themselves where they began.
     */
    default void startsBehind(long revision) {}

    /** The answer is one: what there is to be told follows. */
    void begin();

    /** Refuses it, or ends what was begun and tells why. */
    void end(Problem problem);

    /** Ends what was begun; the client may come again at once. */
    void end();

    /** @param messages framed as it wants them; shared with others */
    void write(Framing.Messages messages);

    default void write(Told told) {
        write(framing().messages(List.of(told)));
    }

    /** Something that a client does not notice, so that nobody between takes the connection for dead. */
    void beat();

    boolean isFull();

    /** Called each time when it is not full any more. */
    void whenDrained(Runnable then);

    /** Called once, when it is gone or is to go. */
    void whenGone(Runnable then);
}
