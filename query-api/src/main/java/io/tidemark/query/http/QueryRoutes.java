package io.tidemark.query.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.query.QueryMetric;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanJson;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.trace.ObjectName;
import io.tidemark.query.trace.Trace;
import io.tidemark.query.trace.TraceQuestion;
import io.tidemark.query.trace.Traces;
import io.tidemark.query.trace.View;
import io.tidemark.schema.audit.Span;
import io.tidemark.service.Meters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/** Every endpoint of the query API: which parameters it takes and what it answers. */
public final class QueryRoutes implements AutoCloseable {
    private static final String API = "/api/v1";
    private static final String OBJECT = API + "/objects/:cluster/:group/:resource/:namespace/:name";
    private static final Set<String> NONE = Set.of();
    private static final Set<String> TRACE = Set.of("from", "to", "depth", "view", "uid");
    private static final Set<String> HISTORY = Set.of("from", "to", "uid", "limit", "cursor");
    private static final Set<String> OBJECTS = plus(Filters.OBJECT_PARAMS, "from", "to", "limit", "cursor");
    private static final Set<String> SEARCH = plus(Filters.SPAN_PARAMS, "from", "to", "order", "limit", "cursor");

    private final SpanStore store;
    private final QuerySettings settings;
    private final Traces traces;
    private final ObjectSummary summary;
    private final TraceJson traceJson;
    private final CoverageJson coverage;
    private final QueryPool pool;
    private final Endpoints endpoints;
    private final TailRoute tail;

    /**
     * @param lagRecords how many records of the span log are not in the store yet
     */
    public QueryRoutes(
            SpanStore store, QuerySettings settings, LongSupplier lagRecords, Meters meters, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.traces = new Traces(store, settings.traceLimits());
        this.summary = new ObjectSummary(store);
        this.traceJson = new TraceJson(summary);
        this.coverage = new CoverageJson(store, lagRecords, settings.retention(), clock);
        this.pool = new QueryPool(settings.threads(), settings.waitingMax());
        this.endpoints = new Endpoints(pool, meters);
        this.tail = new TailRoute(store, pool, settings.tail(), meters);
        meters.gauge(QueryMetric.WAITING, pool::waiting);
    }

    /** Adds the routes. The refusals come last, whatever else is added to the router later. */
    public void mount(Router router) {
        get(router, API + "/clusters", "clusters", (context, json) -> {
            params(context, NONE);
            coverage.clusters(json);
        });
        get(router, API + "/coverage", "coverage", (context, json) -> {
            params(context, NONE);
            coverage.coverage(json);
        });
        get(router, API + "/objects", "objects", this::objects);
        get(router, OBJECT + "/trace", "trace", this::trace);
        get(router, OBJECT + "/history", "history", this::history);
        get(router, API + "/spans/:id", "span", this::span);
        get(router, API + "/search", "search", this::search);
        router.get(API + "/tail").handler(tail::serve);
        new Description().mount(router, API + "/openapi.yaml");
        new UiRoutes().mount(router);
        router.route(API + "/*").last().handler(QueryRoutes::noSuchEndpoint);
    }

    @Override
    public void close() {
        pool.close();
    }

    private void get(Router router, String path, String name, Endpoints.Answer answer) {
        router.get(path).handler(context -> endpoints.serve(name, context, answer));
    }

    private static void noSuchEndpoint(RoutingContext context) {
        Endpoints.refuse(
                context,
                Problem.notFound("no endpoint " + context.request().method() + " " + context.normalizedPath()
                        + "; all of them are listed in " + API + "/openapi.yaml"));
    }

    private void objects(RoutingContext context, JsonGenerator json) throws IOException {
        Params params = params(context, OBJECTS);
        PageRequest request = params.page(50, settings.pageMax(), PageRequest.Order.NEWEST_FIRST);
        Page<Span> page = store.objects(Filters.objects(params), request);
        json.writeStartObject();
        json.writeArrayFieldStart("objects");
        for (Span object : page.items()) {
            summary.write(json, object);
        }
        json.writeEndArray();
        next(json, page, params);
        json.writeEndObject();
    }

    private void trace(RoutingContext context, JsonGenerator json) throws IOException {
        Params params = params(context, TRACE);
        TraceQuestion question = new TraceQuestion(
                name(context),
                params.text("uid").orElse(""),
                params.range(),
                params.integer("depth", settings.depth(), 0, QuerySettings.DEPTH_MAX),
                params.oneOf("view", View.class).orElse(View.TREE));
        Trace trace = traces.trace(question).orElseThrow(() -> unknown(question));
        traceJson.write(json, trace, question);
    }

    private void history(RoutingContext context, JsonGenerator json) throws IOException {
        Params params = params(context, HISTORY);
        TraceQuestion question =
                new TraceQuestion(name(context), params.text("uid").orElse(""), params.range(), 0, View.TREE);
        PageRequest request = params.page(100, settings.pageMax(), PageRequest.Order.OLDEST_FIRST);
        Span object = traces.object(question).orElseThrow(() -> unknown(question));
        Page<Span> page = traces.history(object, question, request);
        json.writeStartObject();
        json.writeFieldName("object");
        summary.write(json, object);
        spans(json, "changes", page);
        new ExplanationJson(json).restorations(traces.restorations(object));
        next(json, page, params);
        json.writeEndObject();
    }

    private void span(RoutingContext context, JsonGenerator json) throws IOException {
        params(context, NONE);
        SpanRef id;
        try {
            id = SpanRef.parse(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Problem.badParameter("id", String.valueOf(e.getMessage()));
        }
        Span span = store.span(id).orElseThrow(() -> Problem.notFound("no span " + id + " is stored"));
        SpanJson.write(json, span);
    }

    private void search(RoutingContext context, JsonGenerator json) throws IOException {
        Params params = params(context, SEARCH);
        SpanFilter filter = Filters.spans(params);
        PageRequest.Order order = switch (params.oneOf("order", Order.class).orElse(Order.DESC)) {
            case ASC -> PageRequest.Order.OLDEST_FIRST;
            case DESC -> PageRequest.Order.NEWEST_FIRST;
        };
        Page<Span> page = store.search(filter, params.page(100, settings.pageMax(), order));
        json.writeStartObject();
        spans(json, "spans", page);
        json.writeNumberField("total", page.total());
        json.writeBooleanField("totalIsLowerBound", page.totalIsLowerBound());
        next(json, page, params);
        json.writeEndObject();
    }

    /** Values of the parameter order. */
    private enum Order {
        ASC,
        DESC
    }

    private static void spans(JsonGenerator json, String member, Page<Span> page) throws IOException {
        json.writeArrayFieldStart(member);
        for (Span span : page.items()) {
            SpanJson.write(json, span);
        }
        json.writeEndArray();
    }

    private static void next(JsonGenerator json, Page<Span> page, Params params) throws IOException {
        json.writeBooleanField("truncated", page.next().isPresent());
        if (page.next().isPresent()) {
            json.writeStringField("next", params.cursor(page.next().get()));
        } else {
            json.writeNullField("next");
        }
    }

    private static Params params(RoutingContext context, Set<String> known) {
        return new Params(context.queryParams(), known);
    }

    private static ObjectName name(RoutingContext context) {
        return new ObjectName(
                context.pathParam("cluster"),
                Filters.group(context.pathParam("group")),
                context.pathParam("resource"),
                Filters.namespace(context.pathParam("namespace")),
                context.pathParam("name"));
    }

    private static Problem unknown(TraceQuestion question) {
        ObjectName name = question.name();
        String shown = name.resource() + (name.group().isEmpty() ? "" : "." + name.group()) + " "
                + (name.namespace().isEmpty() ? "" : name.namespace() + "/") + name.name();
        return Problem.notFound("no " + shown + " is known in cluster " + name.cluster()
                + (question.uid().isEmpty() ? "" : " with uid " + question.uid())
                + "; search for a part of its name with " + API + "/objects?q="
                + name.name().toLowerCase(Locale.ROOT));
    }

    private static Set<String> plus(Set<String> some, String... more) {
        Set<String> all = new HashSet<>(some);
        all.addAll(Arrays.asList(more));
        return Set.copyOf(all);
    }
}
