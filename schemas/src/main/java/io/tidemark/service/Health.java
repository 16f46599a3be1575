package io.tidemark.service;

/** How a {@link Service} is. */
public sealed interface Health {
    /** Everything works. */
    record Up() implements Health {}

    /** It works, with a loss that somebody should know about; still ready. */
    record Degraded(String why) implements Health {}

    /** It does not work. */
    record Down(String why) implements Health {}

    Health UP = new Up();
}
