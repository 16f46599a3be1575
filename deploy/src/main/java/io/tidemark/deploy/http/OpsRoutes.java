package io.tidemark.deploy.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.service.HealthPage;
import io.tidemark.service.HealthWatch;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** {@code /livez}, {@code /readyz} (both with {@code ?verbose}), {@code /statusz} and {@code /metrics}. */
public final class OpsRoutes {
    /** How exact the times on {@code /statusz} are. */
    private static final long LOOK_MILLIS = 1_000;

    private OpsRoutes() {}

    public static void mount(Router router, Vertx vertx, HealthPage health, PrometheusMeterRegistry registry) {
        router.get("/livez").handler(context -> page(vertx, context, () -> health.livez(verbose(context))));
        router.get("/readyz").handler(context -> page(vertx, context, () -> health.readyz(verbose(context))));
        router.get("/metrics")
                .handler(context -> vertx.executeBlocking((Callable<String>) registry::scrape, false)
                        .onSuccess(text -> context.response()
                                .putHeader("content-type", "text/plain; version=0.0.4; charset=utf-8")
                                .end(text))
                        .onFailure(context::fail));
    }

    /**
     * How each part is and since when.
     *
     * @param version of this build
     */
    public static void mountStatus(Router router, Vertx vertx, HealthWatch watch, String version) {
        Instant started = Instant.now();
        vertx.setPeriodic(LOOK_MILLIS, timer -> vertx.executeBlocking((Callable<?>) watch::look, false));
        router.get("/statusz")
                .handler(context -> vertx.executeBlocking((Callable<List<HealthWatch.Part>>) watch::look, false)
                        .onSuccess(parts -> context.response()
                                .putHeader("content-type", "application/json")
                                .putHeader("cache-control", "no-store")
                                .end(StatusJson.of(version, started, parts).toBuffer()))
                        .onFailure(context::fail));
    }

    /** Checks are cheap, but they are other people's code: not on the event loop. */
    private static void page(Vertx vertx, RoutingContext context, Callable<HealthPage.Page> work) {
        vertx.executeBlocking(work, false)
                .onSuccess(page -> context.response()
                        .setStatusCode(page.status())
                        .putHeader("content-type", "text/plain; charset=utf-8")
                        .putHeader("cache-control", "no-store")
                        .end(page.body()))
                .onFailure(context::fail);
    }

    private static boolean verbose(RoutingContext context) {
        return context.request().params().contains("verbose");
    }
}
