package io.tidemark.jetcd;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Texts to jetcd's bytes and back, and its futures. */
final class Asking {
    private static final long PATIENCE_SECONDS = 60;

    private Asking() {}

    static ByteSequence bytes(String text) {
        return ByteSequence.from(text, StandardCharsets.UTF_8);
    }

    static String text(ByteSequence bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    static List<String> texts(List<KeyValue> kvs) {
        return kvs.stream()
                .map(kv -> text(kv.getKey()) + "=" + text(kv.getValue()))
                .toList();
    }

    /** What a request that must not be refused is answered. */
    static <T> T done(CompletableFuture<T> answer) {
        try {
            return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("a request came to nothing", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Why a request that must be refused was. */
    static String refused(CompletableFuture<?> answer) {
        try {
            Object told = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            throw new IllegalStateException("expected a refusal, found " + told);
        } catch (ExecutionException e) {
            Throwable why = Objects.requireNonNull(e.getCause());
            return why.getClass().getSimpleName() + " " + why.getMessage();
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String next(BlockingQueue<String> told) {
        try {
            return String.valueOf(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Asks again and again until something is so. */
    static void until(Callable<Boolean> holds) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.call()) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("waited for too long");
            }
        }
    }
}
