package io.tidemark.revision.sequencer;

/** What a node does with a keyspace, for those who ask it and for health pages. */
public sealed interface State {
    /** What keeps it from serving; empty when nothing does. */
    String why();

    /** Another node should write, and this one applies what that does. */
    record Following(String writer, String why) implements State {
        /** @param writer where it is reached, {@code host:port}; empty when nobody is known */
        static Following of(String writer) {
            return new Following(writer, writer.isEmpty() ? "no node writes the keyspace" : "");
        }
    }

    /** This node should write, and waits for the log. */
    record TakingOver(String why) implements State {}

    /** This node writes. */
    record Writing() implements State {
        @Override
        public String why() {
            return "";
        }
    }

    /** Only people can help: the log is not the one that it was. */
    record Stopped(String why) implements State {}
}
