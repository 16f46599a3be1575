package io.tidemark.tests.conformance;

import java.util.concurrent.CompletableFuture;

/** Something that answers the etcd API: a server behind a socket, or a part of one that is called directly. */
@FunctionalInterface
interface EtcdEndpoint {
    /**
     * Answers one request.
     *
     * <p>A request to create a watch is answered with all that the watch says until it has told everything up to the
     * revision at which it was created, or has ended; what was asked for progress is not part of it.
     *
     * @param method as gRPC names it, such as {@code etcdserverpb.KV/Put}
     * @param request the request message's bytes
     * @return the answer; of a method that answers with a stream the bytes of all messages one after another, which
     *     protobuf reads as the one message that they merge to
     */
    Answer call(String method, byte[] request);

    /** The same without waiting, where that is possible. */
    default CompletableFuture<Answer> ask(String method, byte[] request) {
        return CompletableFuture.completedFuture(call(method, request));
    }

    /** Asks, and does not wait for the answer, but until the request has written something, when it does that first. */
    default Talk begin(String method, byte[] request, String token) {
        return Talk.answered(call(method, request, token));
    }

    /** The same, with a token in the request's metadata; empty for none. */
    default Answer call(String method, byte[] request, String token) {
        return call(method, request);
    }
}
