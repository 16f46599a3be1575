package io.tidemark.query.trace;

import io.tidemark.query.span.Condition;
import io.tidemark.query.span.Page;
import io.tidemark.query.span.PageRequest;
import io.tidemark.query.span.SpanField;
import io.tidemark.query.span.SpanFilter;
import io.tidemark.query.span.SpanRef;
import io.tidemark.query.span.SpanStore;
import io.tidemark.query.trace.Explanation.Restoration;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import io.tidemark.schema.audit.SpanKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes that bring an earlier state back: of a workload its pod template, of ConfigMaps and Secrets their data. How it
 * was done (rollout undo, a repeated manifest, an edit) does not matter, only that the state is equal:
 *
 * <pre>
 *   change    1: image a→b    2: image b→c, replicas apart    3: image c→a
 *   state     b               c                               a    the fields touched by 1 to 3 are as they were before 1
 * </pre>
 *
 * Changes are composed, whole states are not needed. Where one change names a field and another the map around it, they
 * cannot be composed and nothing is said.
 */
final class Restorations {
    /** Newest changes of the template that are looked at. */
    static final int CHANGES_MAX = 256;

    private static final String TEMPLATE = "spec.template";
    private static final Pattern REVISION =
            Pattern.compile("\"?deployment\\.kubernetes\\.io/revision\"?:\"?(\\d+)|^\"(\\d+)\"$");

    private final SpanStore store;

    Restorations(SpanStore store) {
        this.store = store;
    }

    /** A change in short: what the fields under the root were and became. */
    private record Step(Span span, long version, Map<String, Change> changes) {}

    List<Restoration> of(Span object) {
        String resource = object.getObject().getResource();
        String root = resource.equals("configmaps") || resource.equals("secrets") ? "data" : TEMPLATE;
        Page<Span> found = changed(object, root);
        List<Step> steps = found.items().stream()
                .map(span -> step(span, root))
                .filter(step -> step.version() > 0)
                .sorted(Comparator.comparingLong(Step::version))
                .toList();
        if (steps.size() < (found.next().isPresent() ? 2 : 1)) {
            return List.of();
        }
        Optional<Span> creation = found.next().isPresent() ? Optional.empty() : creation(object);
        List<Restoration> restorations = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            Optional<Integer> back = back(steps, i);
            if (back.isPresent()) {
                Optional<Span> restored = back.get() == 0
                        ? creation
                        : Optional.of(steps.get(back.get() - 1).span());
                Span by = steps.get(i).span();
                restored.ifPresent(span -> restorations.add(new Restoration(by, span, revision(object, span))));
            }
        }
        return restorations;
    }

    /** How many steps there were when the state was last what it is after a step; empty when it never was. */
    private static Optional<Integer> back(List<Step> steps, int last) {
        Map<String, String> before = new HashMap<>();
        for (int k = last; k >= 0; k--) {
            Step step = steps.get(k);
            if (omits(step) || overlaps(before.keySet(), step.changes().keySet())) {
                return Optional.empty();
            }
            step.changes().forEach((path, change) -> before.put(path, String.valueOf(change.getBefore())));
            if (k < last && sameAs(before, steps, k, last)) {
                return Optional.of(k);
            }
        }
        return Optional.empty();
    }

    private static boolean sameAs(Map<String, String> before, List<Step> steps, int first, int last) {
        Map<String, String> after = new HashMap<>();
        for (int k = first; k <= last; k++) {
            steps.get(k).changes().forEach((path, change) -> after.put(path, String.valueOf(change.getAfter())));
        }
        return before.equals(after);
    }

    /** Whether one of the paths lies within another that is not itself among both. */
    private static boolean overlaps(Iterable<String> some, Iterable<String> others) {
        for (String one : some) {
            for (String other : others) {
                if (!one.equals(other) && (within(one, other) || within(other, one))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean within(String inner, String outer) {
        return inner.startsWith(outer)
                && inner.length() > outer.length()
                && (inner.charAt(outer.length()) == '.' || inner.charAt(outer.length()) == '[');
    }

    private static boolean omits(Step step) {
        return step.span().getDetail() instanceof RequestDetail request && request.getChangesOmitted() > 0;
    }

    private static Step step(Span span, String root) {
        RequestDetail request = (RequestDetail) span.getDetail();
        Map<String, Change> changes = new HashMap<>();
        for (Change change : request.getChanges()) {
            if (change.getPath().equals(root) || within(change.getPath(), root)) {
                changes.put(change.getPath(), change);
            }
        }
        return new Step(span, version(request), changes);
    }

    private Page<Span> changed(Span object, String path) {
        SpanFilter filter = SpanFilter.ALL
                .and(SpanField.OBJECT, SpanRef.of(object.getSpanId()).toString())
                .and(SpanField.KIND, SpanKind.REQUEST.name())
                .and(SpanField.EFFECT, Effect.UPDATED.name())
                .and(new Condition.ChangedPath(path));
        return store.search(filter, PageRequest.newest(CHANGES_MAX));
    }

    private Optional<Span> creation(Span object) {
        return object.getDetail() instanceof ObjectDetail life && life.getCreatedBySpanId() != null
                ? store.span(SpanRef.of(life.getCreatedBySpanId()))
                : Optional.empty();
    }

    /** The number that the deployment controller gave the state: it notes it on the Deployment right after the change. */
    private String revision(Span object, Span restored) {
        if (!object.getObject().getResource().equals("deployments")) {
            return "";
        }
        long version = version((RequestDetail) restored.getDetail());
        return changed(object, "metadata.annotations").items().stream()
                .map(span -> (RequestDetail) span.getDetail())
                .filter(request -> version(request) > version)
                .sorted(Comparator.comparingLong(Restorations::version))
                .flatMap(request -> request.getChanges().stream())
                .filter(change -> change.getPath().startsWith("metadata.annotations"))
                .map(Restorations::number)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static @Nullable String number(Change change) {
        boolean named = change.getPath().contains("deployment.kubernetes.io/revision\"]");
        boolean map = change.getPath().equals("metadata.annotations");
        Matcher matcher = REVISION.matcher(String.valueOf(change.getAfter()));
        if (!named && !map || !matcher.find()) {
            return null;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    private static long version(RequestDetail request) {
        try {
            return request.getResourceVersion().isEmpty() ? 0 : Long.parseLong(request.getResourceVersion());
        } catch (NumberFormatException e) {
            return 0; // not every API server counts; without an order nothing can be composed
        }
    }
}
