package io.tidemark.watch.topic;

import io.tidemark.watch.view.BadParameterException;
import io.tidemark.watch.view.EventText;
import io.tidemark.watch.view.Parameters;
import io.tidemark.watch.view.TopicRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /api/v1/watch} tells which keyspaces there are, {@code /api/v1/watch/KEYSPACE} what is written to one. */
public final class TopicRoutes {
    private static final String PATH = "/api/v1/watch";
    private static final String LAST_EVENT = "Last-Event-ID";

    private static final Logger LOG = LoggerFactory.getLogger(TopicRoutes.class);

    private final InstantSource clock = InstantSource.system();
    private final SortedSet<String> known = new ConcurrentSkipListSet<>();
    private final Map<String, TopicService> served = new ConcurrentHashMap<>();

    /** A keyspace is served, perhaps again. */
    public void add(TopicService service) {
        known.add(service.keyspace());
        served.put(service.keyspace(), service);
    }

    /** A keyspace is not served any more. */
    public void remove(TopicService service) {
        served.remove(service.keyspace(), service);
        service.close();
    }

    /** Adds the routes. */
    public void mount(Router router) {
        router.get(PATH).handler(this::list);
        router.get(PATH + "/:keyspace").handler(this::watch);
    }

    private void list(RoutingContext context) {
        String json = EventText.line(out -> {
            out.writeArrayFieldStart("keyspaces");
            for (String name : known) {
                TopicService service = served.get(name);
                out.writeStartObject();
                out.writeStringField("name", name);
                out.writeBooleanField("served", service != null);
                if (service != null) {
                    out.writeNumberField("revision", service.revision());
                    out.writeNumberField("oldest", service.oldest());
                    out.writeNumberField("clients", service.clients());
                }
                out.writeEndObject();
            }
            out.writeEndArray();
        });
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .end(Buffer.buffer(json));
    }

    private void watch(RoutingContext context) {
        HttpServerRequest request = context.request();
        String keyspace = context.pathParam("keyspace");
        TopicService service = served.get(keyspace);
        if (service == null) {
            EventStream.refuse(
                    request, known.contains(keyspace) ? Problem.away(keyspace) : Problem.noKeyspace(keyspace, known));
            return;
        }
        String foreign = SocketStream.isMeant(request) ? SocketStream.foreignOrigin(request) : "";
        if (!foreign.isEmpty()) {
            EventStream.refuse(request, Problem.foreignPage(foreign));
            return;
        }
        Context loop = context.vertx().getOrCreateContext();
        Client client = client(request, service, loop);
        read(parameters(context.queryParams()), header(request, LAST_EVENT), loop)
                .onSuccess(wanted -> service.open(wanted, header(request, "Authorization"), client, loop))
                .onFailure(failed -> client.end(problem(failed)));
    }

    /** To compile a filter takes a while, the first time: that is no work for the event loop. */
    private Future<TopicRequest> read(Map<String, List<String>> parameters, String lastEvent, Context loop) {
        Instant now = clock.instant();
        if (parameters.containsKey("filter")) {
            return loop.executeBlocking(() -> Parameters.read(parameters, lastEvent, now), false);
        }
        try {
            return Future.succeededFuture(Parameters.read(parameters, lastEvent, now));
        } catch (BadParameterException e) {
            return Future.failedFuture(e);
        }
    }

    private static Problem problem(Throwable failed) {
        if (failed instanceof BadParameterException bad) {
            return Problem.badParameter(bad);
        }
        LOG.error("The parameters of a watch topic could not be read", failed);
        return Problem.unread();
    }

    private static Client client(HttpServerRequest request, TopicService service, Context loop) {
        return SocketStream.isMeant(request)
                ? new SocketStream(request, service.unreadBytes())
                : new EventStream(request, service.unreadBytes(), loop);
    }

    private static String header(HttpServerRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }

    private static Map<String, List<String>> parameters(MultiMap given) {
        Map<String, List<String>> all = new LinkedHashMap<>();
        given.names().forEach(name -> all.put(name, given.getAll(name)));
        return all;
    }
}
