package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Alarm;
import io.tidemark.revision.sequencer.Failure;
import io.tidemark.revision.sequencer.Reads;
import io.tidemark.revision.store.View;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code /livez} and {@code /readyz}, and each of their checks by itself, as {@code /readyz/linearizable_read}. A line for each
 * check comes with {@code ?verbose}, or when one fails; {@code ?exclude=CHECK} leaves one out. Source: etcd's {@code
 * server/etcdserver/api/etcdhttp/health.go}.
 *
 * <pre>
 *   [+]serializable_read ok
 *   [-]linearizable_read failed: no node writes the keyspace
 * </pre>
 */
final class CheckPages {
    /** The checks of each page, by its path. */
    private static final Map<String, List<Check>> PAGES = pages();

    private final Store store;
    private final Duration patience;

    private enum Check {
        DATA_CORRUPTION,
        /** What is applied can be read for as long as this port is open. */
        SERIALIZABLE_READ,
        LINEARIZABLE_READ,
        /** There are no members that learn: what is told is that this node is none. */
        NON_LEARNER;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param patience how long a read may wait for the log */
    CheckPages(Store store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    static boolean has(String path) {
        return PAGES.containsKey(path);
    }

    private static Map<String, List<Check>> pages() {
        Map<String, List<Check>> pages = new HashMap<>();
        Map.of("/livez", List.of(Check.SERIALIZABLE_READ), "/readyz", List.of(Check.values()))
                .forEach((path, checks) -> {
                    pages.put(path, checks);
                    checks.forEach(check -> pages.put(path + "/" + check.text(), List.of(check)));
                });
        return Map.copyOf(pages);
    }

    void answer(HttpServerRequest request, Loop loop) {
        List<String> excluded = request.params().getAll("exclude");
        List<Check> wanted = PAGES.getOrDefault(request.path(), List.of()).stream()
                .filter(check -> !excluded.contains(check.text()))
                .toList();
        Map<Check, String> failures = new EnumMap<>(Check.class);
        if (wanted.contains(Check.DATA_CORRUPTION) && store.image().alarms().hasKind(Alarm.CORRUPT)) {
            failures.put(Check.DATA_CORRUPTION, "alarm activated: CORRUPT");
        }
        if (wanted.contains(Check.LINEARIZABLE_READ)) {
            readNewest(loop, why -> {
                if (!why.isEmpty()) {
                    failures.put(Check.LINEARIZABLE_READ, why);
                }
                end(request, wanted, failures);
            });
        } else {
            end(request, wanted, failures);
        }
    }

    /** @param then given why it cannot be, empty when it can */
    private void readNewest(Loop loop, Consumer<String> then) {
        String why = store.sequencer().state().why();
        if (why.isEmpty()) {
            Probe probe = new Probe(then);
            loop.after(patience, () -> probe.failed(Failure.TIMED_OUT));
            store.reads().linearizable(probe, loop);
        } else {
            then.accept(why);
        }
    }

    private static void end(HttpServerRequest request, List<Check> checks, Map<Check, String> failures) {
        StringBuilder text = new StringBuilder();
        if (!failures.isEmpty() || request.params().contains("verbose")) {
            for (Check check : checks) {
                String why = failures.get(check);
                text.append(why == null ? "[+]" : "[-]").append(check.text());
                text.append(why == null ? " ok" : " failed: " + why).append('\n');
            }
        }
        PlainPages.text(
                request.response(), failures.isEmpty() ? 200 : 503, text + (failures.isEmpty() ? "ok\n" : "\n"));
    }

    /** A read that wants to know whether it is served, and tells that once. */
    private static final class Probe implements Reads.Reading {
        private Consumer<String> then;

        Probe(Consumer<String> then) {
            this.then = then;
        }

        @Override
        public void from(View view) {
            view.close();
            tell("");
        }

        @Override
        public void failed(Failure failure) {
            tell(failure.text());
        }

        private void tell(String why) {
            Consumer<String> first = then;
            then = again -> {};
            first.accept(why);
        }
    }
}
