package io.tidemark.tests.conformance;

import io.tidemark.tests.conformance.Reply.Refused;
import io.tidemark.tests.conformance.Reply.Replied;
import io.tidemark.tests.conformance.Reply.Unreadable;
import java.util.Arrays;
import java.util.Iterator;

/** Answers as a transcript says, and insists on its requests. */
final class RecordedEndpoint implements EtcdEndpoint {
    private final Iterator<Exchange> exchanges;

    RecordedEndpoint(Transcript transcript) {
        exchanges = transcript.exchanges().iterator();
    }

    @Override
    public Answer call(String method, byte[] request) {
        Exchange exchange = exchanges.next();
        Call call = exchange.call();
        if (!call.method().path().equals(method)
                || !Arrays.equals(call.request().toByteArray(), request)) {
            throw new AssertionError("expected " + call + ", found a request to " + method);
        }
        return switch (exchange.reply()) {
            case Replied replied -> new Answer.Bytes(replied.message().toByteArray());
            case Refused refused -> new Answer.Refusal(refused.code(), refused.text());
            case Unreadable unreadable -> throw new AssertionError(unreadable.why());
        };
    }
}
