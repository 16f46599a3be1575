package io.tidemark.query.trace;

import io.tidemark.query.span.SpanRef;
import io.tidemark.query.trace.Explanation.Retries;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Attempts that belong together: the same caller asks the same of the same object again after it failed. A conflict or
 * an overload is tried again soon; whatever fails for the same reason over and over is a loop with growing pauses.
 */
final class RetryChains {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final Duration LOOP = Duration.ofMinutes(16);
    private static final Comparator<Span> BY_TIME =
            Comparator.comparing(Span::getStartMicros).thenComparing(span -> SpanRef.of(span.getSpanId()));

    private RetryChains() {}

    /** The chains among the spans of each object, oldest first. */
    static List<Retries> among(Collection<List<Span>> spansByObject) {
        List<Retries> chains = new ArrayList<>();
        for (List<Span> spans : spansByObject) {
            Map<List<String>, List<Span>> alike = new HashMap<>();
            for (Span span : spans) {
                if (span.getDetail() instanceof RequestDetail request) {
                    alike.computeIfAbsent(what(span, request), key -> new ArrayList<>())
                            .add(span);
                }
            }
            alike.values().forEach(same -> chains(same, chains));
        }
        chains.sort(Comparator.comparing(chain -> chain.attempts().getFirst(), BY_TIME));
        return chains;
    }

    private static List<String> what(Span span, RequestDetail request) {
        return List.of(
                request.getUser(),
                request.getImpersonated(),
                request.getUserAgent(),
                request.getVerb(),
                span.getObject().getResource(),
                request.getSubresource(),
                span.getObject().getName());
    }

    private static void chains(List<Span> spans, List<Retries> into) {
        spans.sort(BY_TIME);
        List<Span> chain = new ArrayList<>();
        for (Span span : spans) {
            if (!chain.isEmpty() && !follows(chain.getLast(), span)) {
                close(chain, into);
            }
            chain.add(span);
        }
        close(chain, into);
    }

    private static void close(List<Span> chain, List<Retries> into) {
        if (chain.size() > 1) {
            into.add(new Retries(chain));
        }
        chain.clear();
    }

    private static boolean follows(Span failed, Span next) {
        RequestDetail before = (RequestDetail) failed.getDetail();
        Instant end = failed.getEndMicros();
        boolean wasFailure = before.getEffect() == Effect.FAILED || before.getCode() >= 500;
        if (!wasFailure || end == null) {
            return false;
        }
        Duration pause = Duration.between(end, next.getStartMicros());
        boolean sameFailure = ((RequestDetail) next.getDetail()).getCode() == before.getCode();
        boolean worthTrying = before.getCode() == 409 || before.getCode() == 429 || before.getCode() >= 500;
        return sameFailure && pause.compareTo(LOOP) <= 0 || worthTrying && pause.compareTo(SOON) <= 0;
    }
}
