package io.tidemark.tests.conformance;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A call over gRPC that nobody waits for yet. */
final class BegunCall extends ClientCall.Listener<byte[]> implements Talk {
    private final EtcdEndpoint server;
    private final String token;
    private final boolean endless;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final AtomicReference<ClientCall<byte[], byte[]>> call = new AtomicReference<>();
    private final AtomicInteger heard = new AtomicInteger();

    /** @param endless whether its messages are those of Observe */
    BegunCall(EtcdEndpoint server, String token, boolean endless) {
        this.token = token;
        this.server = server;
        this.endless = endless;
    }

    void start(ClientCall<byte[], byte[]> begun, byte[] request) {
        call.set(begun);
        begun.start(this, new Metadata());
        begun.request(Integer.MAX_VALUE);
        begun.sendMessage(request);
        begun.halfClose();
    }

    @Override
    public synchronized void onMessage(byte[] message) {
        told.writeBytes(endless ? Observed.field(message) : message);
        heard.incrementAndGet();
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        answer.complete(
                status.isOk()
                        ? new Answer.Bytes(told())
                        : new Answer.Refusal(
                                status.getCode(), Objects.requireNonNullElse(status.getDescription(), "")));
    }

    @Override
    public CompletableFuture<Answer> answer() {
        return answer;
    }

    @Override
    public int heard() {
        return heard.get();
    }

    @Override
    public synchronized byte[] told() {
        return told.toByteArray();
    }

    /** And what it leaves behind is undone. */
    @Override
    public void leave() {
        if (!answer.isDone()) {
            long before = endless ? 0 : Talk.revision(server, token);
            call.get().cancel("left", null);
            if (!endless) {
                Talk.until(() -> Talk.revision(server, token) > before);
            }
        }
    }
}
