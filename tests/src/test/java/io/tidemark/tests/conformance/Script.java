package io.tidemark.tests.conformance;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/** A program while it is written. */
final class Script {
    private final String name;
    private final String shows;
    private final List<Call> calls = new ArrayList<>();
    private String as = "";

    Script(String name, String shows) {
        this.name = name;
        this.shows = shows;
    }

    /** Asks; requests are messages, builders or {@link Txn}. */
    Script ask(Object... requests) {
        for (Object request : requests) {
            calls.add(Call.of(message(request)).as(as));
        }
        return this;
    }

    /** Asks a method that is not the only one to take such a request. */
    Script ask(EtcdMethod method, Message.Builder request) {
        calls.add(Call.to(method, request.build()).as(as));
        return this;
    }

    /** Asks, and goes on while that is not answered. */
    Script ask(Later later, Object request) {
        calls.add(Call.of(message(request)).as(as).later(later));
        return this;
    }

    /** Listens to who leads an election. */
    Script observe(Later later, Message.Builder request) {
        calls.add(
                Call.to(EtcdMethod.at(Observed.METHOD), request.build()).as(as).later(later));
        return this;
    }

    /** From now on with the newest token of a user; empty for none. */
    Script as(String user) {
        as = user;
        return this;
    }

    /** Asks what stands in the lines, each one a {@link Call} as it is printed. */
    Script askAll(String lines) {
        lines.lines().filter(line -> !line.isBlank()).map(Call::parse).forEach(calls::add);
        return this;
    }

    /** Writes each of the keys, with itself as value. */
    Script puts(String... keys) {
        for (String key : keys) {
            ask(Ask.put(key, key));
        }
        return this;
    }

    private static Message message(Object request) {
        return switch (request) {
            case Txn txn -> txn.build();
            case Message.Builder builder -> builder.build();
            case Message message -> message;
            default -> throw new IllegalArgumentException("no request: " + request);
        };
    }

    Program end() {
        return new Program(name, shows, calls);
    }
}
