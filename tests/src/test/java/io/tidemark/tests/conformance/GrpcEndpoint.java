package io.tidemark.tests.conformance;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.tidemark.tests.platform.Authority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server behind a socket, asked over gRPC with bytes as they are. */
final class GrpcEndpoint implements EtcdEndpoint, AutoCloseable {
    private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);
    private static final long DEADLINE_SECONDS = 60;
    private static final int LARGEST_ANSWER_BYTES = 64 * 1024 * 1024;

    private final ManagedChannel channel;

    GrpcEndpoint(int port) {
        this(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext());
    }

    /** One that speaks TLS with certificates of an authority, and is shown one. */
    static GrpcEndpoint certified(int port, Authority authority, Authority.Pair shown) throws IOException {
        SslContextBuilder context = SslContextBuilder.forClient()
                .trustManager(authority.certificate().toFile())
                .keyManager(shown.certificate().toFile(), shown.key().toFile());
        return new GrpcEndpoint(NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.configure(context, SslProvider.JDK).build()));
    }

    /** One to which the server may not send more than so many bytes before they are read. */
    static GrpcEndpoint withWindow(int port, int bytes) {
        return new GrpcEndpoint(
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().flowControlWindow(bytes));
    }

    private GrpcEndpoint(NettyChannelBuilder builder) {
        channel = builder.maxInboundMessageSize(LARGEST_ANSWER_BYTES)
                .directExecutor()
                .build();
    }

    /** Does not wait before it connects again, which gRPC does for longer the more often it could not. */
    void connectAtOnce() {
        channel.resetConnectBackoff();
    }

    @Override
    public Answer call(String method, byte[] request) {
        return call(method, request, "");
    }

    @Override
    public Answer call(String method, byte[] request, String token) {
        if (method.equals(WatchClient.METHOD)) {
            return GrpcWatch.history(channel, descriptor(method, MethodType.BIDI_STREAMING), request);
        }
        return ask(with(token), method, request).join();
    }

    @Override
    public CompletableFuture<Answer> ask(String method, byte[] request) {
        return ask(channel, method, request);
    }

    @Override
    public Talk begin(String method, byte[] request, String token) {
        boolean endless = method.equals(Observed.METHOD);
        long before = endless ? 0 : Talk.revision(this, token);
        BegunCall call = new BegunCall(this, token, endless);
        call.start(with(token).newCall(descriptor(method, MethodType.SERVER_STREAMING), options()), request);
        if (!endless) {
            call.awaitWritten(this, token, before);
        }
        return call;
    }

    private static CompletableFuture<Answer> ask(Channel channel, String method, byte[] request) {
        MethodDescriptor<byte[], byte[]> descriptor = descriptor(method, MethodType.SERVER_STREAMING);
        Gathered gathered = new Gathered();
        ClientCalls.asyncServerStreamingCall(channel.newCall(descriptor, options()), request, gathered);
        return gathered.answer;
    }

    /** The messages of an answer as they come: on the wire a unary call is a stream with a single one. */
    Iterator<byte[]> messages(String method, byte[] request) {
        MethodDescriptor<byte[], byte[]> descriptor = descriptor(method, MethodType.SERVER_STREAMING);
        return ClientCalls.blockingServerStreamingCall(channel, descriptor, options(), request);
    }

    /** A call whose answer nobody reads: it takes what the windows of HTTP/2 let the server send. */
    ClientCall<byte[], byte[]> unread(String method, byte[] request) {
        ClientCall<byte[], byte[]> call = channel.newCall(descriptor(method, MethodType.SERVER_STREAMING), options());
        call.start(new ClientCall.Listener<>() {}, new Metadata());
        call.sendMessage(request);
        call.halfClose();
        return call;
    }

    /** A stream of watches. */
    WatchClient watches(String token, boolean hasLeader) {
        Metadata metadata = new Metadata();
        if (!token.isEmpty()) {
            metadata.put(TOKEN, token);
        }
        if (hasLeader) {
            metadata.put(HAS_LEADER, "true");
        }
        return new WatchClient(
                channel.newCall(descriptor(WatchClient.METHOD, MethodType.BIDI_STREAMING), CallOptions.DEFAULT),
                metadata);
    }

    /** All messages of the answer to a stream of several. */
    List<byte[]> conversation(String method, List<byte[]> requests) {
        CompletableFuture<List<byte[]>> answers = new CompletableFuture<>();
        List<byte[]> messages = new ArrayList<>();
        StreamObserver<byte[]> asking = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(descriptor(method, MethodType.BIDI_STREAMING), options()), new StreamObserver<>() {
                    @Override
                    public void onNext(byte[] message) {
                        messages.add(message);
                    }

                    @Override
                    public void onError(Throwable failure) {
                        answers.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {
                        answers.complete(messages);
                    }
                });
        requests.forEach(asking::onNext);
        asking.onCompleted();
        return answers.join();
    }

    private static CallOptions options() {
        return CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private Channel with(String token) {
        if (token.isEmpty()) {
            return channel;
        }
        Metadata metadata = new Metadata();
        metadata.put(TOKEN, token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static MethodDescriptor<byte[], byte[]> descriptor(String method, MethodType type) {
        return MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(type)
                .setFullMethodName(method)
                .setRequestMarshaller(new Unchanged())
                .setResponseMarshaller(new Unchanged())
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    /** All messages of an answer. */
    private static final class Gathered implements StreamObserver<byte[]> {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private final ByteArrayOutputStream messages = new ByteArrayOutputStream();

        @Override
        public void onNext(byte[] message) {
            messages.writeBytes(message);
        }

        @Override
        public void onError(Throwable failure) {
            Status status = Status.fromThrowable(failure);
            answer.complete(
                    new Answer.Refusal(status.getCode(), Objects.requireNonNullElse(status.getDescription(), "")));
        }

        @Override
        public void onCompleted() {
            answer.complete(new Answer.Bytes(messages.toByteArray()));
        }
    }

    private static final class Unchanged implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] bytes) {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
