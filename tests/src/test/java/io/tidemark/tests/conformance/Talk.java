package io.tidemark.tests.conformance;

import static org.awaitility.Awaitility.await;

import io.tidemark.revision.etcd.proto.StatusRequest;
import io.tidemark.revision.etcd.proto.StatusResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

/** A call that was begun. */
interface Talk {
    Duration PATIENCE = Duration.ofMinutes(1);
    Duration POLL = Duration.ofMillis(5);

    /** What it comes to. */
    CompletableFuture<Answer> answer();

    /** Messages so far. */
    int heard();

    /** All messages so far, one after another. */
    byte[] told();

    /** The client leaves. */
    void leave();

    /** One that is answered. */
    static Talk answered(Answer answer) {
        return new Talk() {
            @Override
            public CompletableFuture<Answer> answer() {
                return CompletableFuture.completedFuture(answer);
            }

            @Override
            public int heard() {
                return Integer.MAX_VALUE;
            }

            @Override
            public byte[] told() {
                return answer instanceof Answer.Bytes bytes ? bytes.message() : new byte[0];
            }

            @Override
            public void leave() {
                // it is over
            }
        };
    }

    default void awaitHeard(int messages) {
        until(() -> answer().isDone() || heard() >= messages);
    }

    /** Until it is answered, or something was written. */
    default void awaitWritten(EtcdEndpoint server, String token, long since) {
        until(() -> answer().isDone() || revision(server, token) > since);
    }

    /** The newest revision, which any user may know. */
    static long revision(EtcdEndpoint server, String token) {
        byte[] request = StatusRequest.getDefaultInstance().toByteArray();
        Answer answer = server.call("etcdserverpb.Maintenance/Status", request, token);
        if (answer instanceof Answer.Bytes status) {
            return Ask.parsed(StatusResponse.parser(), status.message())
                    .getHeader()
                    .getRevision();
        }
        throw new AssertionError("no status: " + answer);
    }

    static void until(Callable<Boolean> holds) {
        await().atMost(PATIENCE).pollInterval(POLL).until(holds);
    }
}
