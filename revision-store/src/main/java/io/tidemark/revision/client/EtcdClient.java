package io.tidemark.revision.client;

import com.google.protobuf.Message;
import io.tidemark.revision.client.ClientSettings.Login;
import io.tidemark.revision.client.ClientSettings.Tls;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Calls a server of the etcd API: Vert.x's client, since its server is here already. All calls share one connection to
 * the first endpoint that takes one; the next one is tried only when a call cannot have been sent. For use by one thread.
 */
public final class EtcdClient implements AutoCloseable {
    private static final long CLOSE_SECONDS = 5;
    /** Lists come in one message. */
    private static final long LARGEST_ANSWER_BYTES = Integer.MAX_VALUE;

    private static final int WINDOW_BYTES = 4 * 1024 * 1024;
    private static final String TOKEN = "token";

    private final ClientSettings settings;
    private final Vertx vertx;
    private final GrpcClient client;
    private volatile int current;
    private @Nullable String token;

    public EtcdClient(ClientSettings settings) {
        this.settings = settings;
        this.vertx = Vertx.vertx(
                new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1));
        this.client = GrpcClient.client(
                vertx, new GrpcClientOptions().setMaxMessageSize(LARGEST_ANSWER_BYTES), options(settings));
    }

    private static HttpClientOptions options(ClientSettings settings) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setHttp2ConnectionWindowSize(WINDOW_BYTES)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW_BYTES))
                .setConnectTimeout((int) settings.connect().toMillis());
        if (settings.endpoints().getFirst().tls()) {
            Tls tls = settings.tls();
            options.setSsl(true).setUseAlpn(true);
            options.setTrustAll(tls.unverified()).setVerifyHost(!tls.unverified());
            tls.ca().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
            tls.certificate()
                    .ifPresent(file -> options.setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(file.toString())
                            .setKeyPath(tls.key().orElseThrow().toString())));
        }
        return options;
    }

    /**
     * Waits for the answer to one request.
     *
     * @throws RefusedException when the server refuses
     * @throws UnreachableException when no server answers in time
     */
    public <Q extends Message, R extends Message> R ask(ServiceMethod<R, Q> method, Q request)
            throws InterruptedException {
        Object[] last = new Object[1];
        stream(method, request, answer -> last[0] = answer);
        @SuppressWarnings("unchecked")
        R answer = (R) Objects.requireNonNull(last[0], "a call that ends well has an answer");
        return answer;
    }

    /** The same for a stream of answers, which are told as they come. */
    public <Q extends Message, R extends Message> void stream(
            ServiceMethod<R, Q> method, Q request, Consumer<R> answers) throws InterruptedException {
        logIn();
        await(
                method.fullMethodName(),
                attempt(method, request, answers, settings.endpoints().size()));
    }

    /**
     * Asks, and waits for as many answers as are wanted; meanwhile the request goes on, and there is no time for an answer.
     *
     * @param wanted told of each as it comes; whether it wants another one
     */
    public <Q extends Message, R extends Message> void converse(
            ServiceMethod<R, Q> method, Q request, Predicate<R> wanted) throws InterruptedException {
        logIn();
        Promise<Void> enough = Promise.promise();
        connect(method, settings.endpoints().size())
                .compose(call -> {
                    authorize(call);
                    call.write(request);
                    return call.response()
                            .compose(response -> gather(response, answer -> {
                                if (!wanted.test(answer) && enough.tryComplete()) {
                                    call.cancel();
                                }
                            }));
                })
                .onComplete(enough);
        try {
            enough.future().toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** Asks without waiting; calls reach the server in the order in which they are made. */
    public <Q extends Message, R extends Message> Future<R> send(ServiceMethod<R, Q> method, Q request)
            throws InterruptedException {
        logIn();
        Promise<R> answer = Promise.promise();
        attempt(method, request, answer::tryComplete, 1).onFailure(answer::tryFail);
        return answer.future();
    }

    private void logIn() throws InterruptedException {
        if (token == null && settings.login().isPresent()) {
            Login login = settings.login().get();
            AuthenticateRequest request = AuthenticateRequest.newBuilder()
                    .setName(login.name())
                    .setPassword(login.password())
                    .build();
            String[] given = new String[1];
            await(
                    "Authenticate",
                    attempt(
                            EtcdMethods.AUTHENTICATE,
                            request,
                            answer -> given[0] = answer.getToken(),
                            settings.endpoints().size()));
            token = given[0];
        }
    }

    private <Q extends Message, R extends Message> Future<Void> attempt(
            ServiceMethod<R, Q> method, Q request, Consumer<R> answers, int attempts) {
        return connect(method, attempts).compose(call -> call(call, request, answers));
    }

    /** Fails over to the next endpoint as long as there are attempts, but never after something was sent. */
    private <Q extends Message, R extends Message> Future<GrpcClientRequest<Q, R>> connect(
            ServiceMethod<R, Q> method, int attempts) {
        Endpoint endpoint = settings.endpoints().get(current);
        return client.request(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.host()), method)
                .recover(cause -> {
                    current = (current + 1) % settings.endpoints().size();
                    return attempts > 1
                            ? connect(method, attempts - 1)
                            : Future.failedFuture(new UnreachableException(
                                    "nothing answers at " + endpoint + ": " + cause.getMessage(), cause));
                });
    }

    private void authorize(GrpcClientRequest<?, ?> call) {
        String known = token;
        if (known != null) {
            call.headers().set(TOKEN, known);
        }
    }

    private <Q extends Message, R extends Message> Future<Void> call(
            GrpcClientRequest<Q, R> call, Q request, Consumer<R> answers) {
        authorize(call);
        Duration patience = settings.patience();
        if (patience.isPositive()) {
            call.timeout(patience.toMillis(), TimeUnit.MILLISECONDS);
        }
        return call.send(request).compose(response -> gather(response, answers));
    }

    private static <Q, R> Future<Void> gather(GrpcClientResponse<Q, R> response, Consumer<R> answers) {
        Promise<Void> end = Promise.promise();
        response.exceptionHandler(end::tryFail);
        response.handler(answers::accept);
        response.endHandler(ended -> {
            GrpcStatus status = response.status();
            if (status == GrpcStatus.OK) {
                end.tryComplete();
            } else if (status == null) {
                end.tryFail("it ended without a status");
            } else {
                end.tryFail(new RefusedException(
                        status, Objects.requireNonNullElse(response.statusMessage(), status.toString())));
            }
        });
        return end.future();
    }

    /** Waits for an answer that was asked for with {@link #send}. */
    public <T> T await(String method, Future<T> future) throws InterruptedException {
        try {
            long millis = settings.patience().isPositive()
                    ? settings.patience().plus(settings.connect()).toMillis()
                    : Long.MAX_VALUE;
            return future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnreachableException(
                    method + " was not answered within " + settings.patience().toMillis() + " ms", e);
        } catch (ExecutionException e) {
            throw failure(e.getCause() == null ? e : e.getCause());
        }
    }

    /** What a call failed with, as this client's callers know it. */
    public RuntimeException failure(Throwable cause) {
        return switch (cause) {
            case RefusedException refused -> refused;
            case UnreachableException unreachable -> unreachable;
            default ->
                new UnreachableException(
                        settings.endpoints().get(current) + " does not answer: " + cause.getMessage(), cause);
        };
    }

    @Override
    public void close() {
        client.close();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(CLOSE_SECONDS, TimeUnit.SECONDS)
                .join();
    }
}
