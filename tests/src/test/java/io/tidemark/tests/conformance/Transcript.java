package io.tidemark.tests.conformance;

import java.util.List;

/** A program with the reply to each of its requests. */
record Transcript(String name, String shows, List<Exchange> exchanges) {
    Transcript {
        exchanges = List.copyOf(exchanges);
    }

    /** Runs a program on a fresh store. */
    static Transcript record(Program program, EtcdEndpoint endpoint) {
        Session session = new Session(endpoint);
        List<Exchange> exchanges = program.calls().stream()
                .map(call -> new Exchange(call, session.reply(call)))
                .toList();
        return new Transcript(program.name(), program.shows(), exchanges);
    }

    Program program() {
        return new Program(name, shows, exchanges.stream().map(Exchange::call).toList());
    }
}
