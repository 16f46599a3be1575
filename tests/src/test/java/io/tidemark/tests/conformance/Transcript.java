package io.tidemark.tests.conformance;

import java.util.List;
import java.util.stream.IntStream;

/** A program with the reply to each of its requests. */
record Transcript(String name, String shows, List<Exchange> exchanges) {
    Transcript {
        exchanges = List.copyOf(exchanges);
    }

    /** Runs a program on a fresh store. */
    static Transcript record(Program program, EtcdEndpoint endpoint) {
        List<Reply> replies = new Session(endpoint).replies(program.calls());
        List<Exchange> exchanges = IntStream.range(0, replies.size())
                .mapToObj(i -> new Exchange(program.calls().get(i), replies.get(i)))
                .toList();
        return new Transcript(program.name(), program.shows(), exchanges);
    }

    Program program() {
        return new Program(name, shows, exchanges.stream().map(Exchange::call).toList());
    }
}
