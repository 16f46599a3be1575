package io.tidemark.deploy.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tidemark.service.HealthPage;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;

/** {@code /livez}, {@code /readyz} (both with {@code ?verbose}) and {@code /metrics}. */
public final class OpsRoutes {
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
