package io.tidemark.query.http;

import io.micrometer.core.instrument.Counter;
import io.tidemark.query.QueryMetric;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanStore;
import io.tidemark.service.Meters;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The live tail: Server-Sent Events of the spans that match a filter, from now on or from where a client left off. A
 * client is a number of arrival and nothing else; what it has not read yet stays in the store.
 */
final class TailRoute {
    static final String LAST_EVENT = "Last-Event-ID";
    static final Set<String> PARAMS = params();

    private final SpanStore store;
    private final QueryPool pool;
    private final QuerySettings.Tail settings;
    private final AtomicInteger clients = new AtomicInteger();
    private final Counter skipped;

    TailRoute(SpanStore store, QueryPool pool, QuerySettings.Tail settings, Meters meters) {
        this.store = store;
        this.pool = pool;
        this.settings = settings;
        this.skipped = meters.counter(QueryMetric.TAIL_SKIPPED);
        meters.gauge(QueryMetric.TAILS, clients::get);
    }

    void serve(RoutingContext context) {
        try {
            SpanFilter filter = Filters.spans(new Params(context.queryParams(), PARAMS));
            String last = context.request().getHeader(LAST_EVENT);
            long sequence = last == null || last.isEmpty() ? store.sequence() : sequence(last);
            if (clients.incrementAndGet() > settings.clientsMax()) {
                clients.decrementAndGet();
                throw Problem.busy("all " + settings.clientsMax() + " live tails are taken; try again later");
            }
            TailClient client = new TailClient(context, new TailClient.Source(store, filter, pool, settings), sequence);
            client.start(skipped::increment, clients::decrementAndGet);
        } catch (Problem problem) {
            Endpoints.refuse(context, problem);
        }
    }

    /** The token in an event's id: opaque to clients, here the number of arrival in hexadecimal. */
    static String token(long sequence) {
        return "s" + Long.toHexString(sequence);
    }

    private static long sequence(String token) {
        try {
            if (token.startsWith("s")) {
                return Long.parseLong(token.substring(1), 16);
            }
        } catch (NumberFormatException e) {
            throw Problem.badParameter(LAST_EVENT, "not an event id of this API: '" + token + "'");
        }
        throw Problem.badParameter(LAST_EVENT, "not an event id of this API: '" + token + "'");
    }

    private static Set<String> params() {
        Set<String> names = new HashSet<>(Filters.SPAN_PARAMS);
        names.add("from");
        names.add("to");
        return Set.copyOf(names);
    }
}
