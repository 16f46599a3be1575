package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.ByteSlice;
import io.tidemark.ingest.audit.UnreadableListException;
import io.tidemark.service.ByteBudget;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletableFuture;

/**
 * {@code POST /audit/:cluster}: the webhook of kube-apiserver. Takes an EventList, answers 200 with the counts once
 * every event is durable. Nothing is validated, redacted or sent on an event loop.
 */
final class AuditWebhook {
    private final AuditIntake intake;
    private final DoorLimits limits;
    private final ByteBudget budget;
    private final WorkerExecutor workers;

    AuditWebhook(AuditIntake intake, DoorLimits limits, WorkerExecutor workers) {
        this.intake = intake;
        this.limits = limits;
        this.budget = new ByteBudget(limits.bufferBytes());
        this.workers = workers;
    }

    long bufferedBytes() {
        return budget.usedBytes();
    }

    void handle(RoutingContext routing) {
        HttpServerRequest request = routing.request();
        HttpServerResponse response = routing.response();
        String cluster = routing.pathParam("cluster");
        Problem refusal = DoorRefusal.ofHead(request, cluster);
        if (refusal != null) {
            DoorRefusal.close(response, refusal);
            return;
        }
        Context context = routing.vertx().getOrCreateContext();
        boolean packed = "gzip".equalsIgnoreCase(request.getHeader(HttpHeaders.CONTENT_ENCODING));
        BoundedBody reading = BoundedBody.read(request, budget, limits.bodyBytes(), new BoundedBody.Receiver() {
            @Override
            public void body(ByteSlice body, Runnable release) {
                workers.executeBlocking(() -> take(cluster, body, packed), false)
                        .compose(taken -> Future.fromCompletionStage(taken, context))
                        .onComplete(taken -> {
                            release.run();
                            answer(response, taken);
                        });
            }

            @Override
            public void refused(Problem problem) {
                DoorRefusal.close(response, problem);
            }
        });
        if (!response.ended()) {
            endWhenLate(routing, reading);
        }
    }

    private void endWhenLate(RoutingContext routing, BoundedBody reading) {
        long timer = routing.vertx().setTimer(limits.bodyTime().toMillis(), over -> {
            boolean alone = routing.response().streamId() < 0; // HTTP/1: no other request shares the connection
            if (reading.expire(limits.bodyTime()) && alone) {
                routing.request().connection().close();
            }
        });
        routing.addEndHandler(ended -> routing.vertx().cancelTimer(timer));
    }

    private CompletableFuture<AuditIntake.Taken> take(String cluster, ByteSlice body, boolean packed)
            throws UnreadableListException, Gzip.TooLargeException, Gzip.BrokenException {
        return intake.takeList(cluster, packed ? Gzip.unpack(body, limits.bodyBytes()) : body);
    }

    private static void answer(HttpServerResponse response, AsyncResult<AuditIntake.Taken> taken) {
        if (taken.failed()) {
            DoorRefusal.send(response, DoorRefusal.of(taken.cause()));
        } else if (!response.closed()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(new JsonObject()
                            .put("accepted", taken.result().accepted())
                            .put("rejected", taken.result().rejected())
                            .toBuffer());
        }
    }
}
