package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.cli.StoreShell;
import io.tidemark.tests.conformance.TopicReader.Heard;
import io.tidemark.watch.WatchMetric;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A watch topic with a filter tells of what it is true of, and what leaves it. */
class TopicFilterTest {
    private static final String POD =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"labels\":{\"app\":\"%s\"}},\"spec\":{\"n\":%d}}";
    private static final List<String> LABELS = List.of("web", "api", "db");

    @RegisterExtension
    private static final FreshStores STORES = new FreshStores();

    private final StoreEndpoint store = STORES.next();

    private static String filter(String cel) {
        return "&filter=" + URLEncoder.encode(cel, StandardCharsets.UTF_8);
    }

    private List<String> told(String query, long last) {
        try (TopicReader reader = TopicReader.open(store, "?since=1" + query)) {
            return reader.until(heard -> heard.name().equals("bookmark") && heard.revision() >= last).stream()
                    .filter(Heard::isChange)
                    .map(heard -> heard.name() + heard.data())
                    .toList();
        }
    }

    /** Pods that change their labels, come and go, and what is no object. */
    private long write(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            String key = "k" + random.nextInt(6);
            switch (random.nextInt(8)) {
                case 0 -> Ask.done(store, Ask.delete(key));
                case 1 -> Ask.write(store, key, "a text");
                case 2 -> Ask.write(store, key, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}");
                default -> Ask.write(store, key, POD.formatted(LABELS.get(random.nextInt(3)), i));
            }
        }
        return Ask.write(store, "k0", POD.formatted("web", 0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aFilterByLabelsTellsWhatASelectorTells(long seed) {
        long last = write(seed);
        String wanted = "object.metadata.labels.app in ['web', 'db']";
        for (String form : List.of("", "&prev", "&view=diff", "&view=keys")) {
            List<String> selected = told(form + "&selector=app%20in%20(web,db)", last);
            assertThat(selected).hasSizeGreaterThan(50).anyMatch(each -> each.contains("\"left\":true"));
            assertThat(told(form + filter(wanted), last)).as(form).containsExactlyElementsOf(selected);
        }
        assertThat(told("&selector=app%20in%20(web,db)" + filter("object.metadata.labels.app != 'db'"), last))
                .containsExactlyElementsOf(told("&selector=app=web", last));
    }

    @Test
    void aFilterOfEventsTellsThoseThatItIsTrueOf() {
        for (int n : new int[] {1, 3, 2, 5}) {
            Ask.write(store, "k", POD.formatted("web", n));
        }
        Ask.done(store, Ask.delete("k"));
        long last = Ask.write(store, "k", POD.formatted("web", 9));
        assertThat(told(filter("type == 'PUT' && old != null && object.spec.n > old.spec.n"), last))
                .hasSize(2)
                .allMatch(each -> each.startsWith("put") && !each.contains("left"));
        assertThat(told(filter("type == 'DELETE' && object == null && old.spec.n == 5"), last))
                .hasSize(1);
        assertThat(told(filter("revision > " + (last - 2)), last)).hasSize(2);
        assertThat(told(filter("type == 'DELETE'") + "&selector=app=web", last)).hasSize(1);
    }

    @Test
    void whatItComesToNothingForIsNotToldCountedAndSaidOnce() {
        Ask.write(store, "a", "{\"n\":1}");
        Ask.write(store, "b", "{\"m\":1}");
        Ask.write(store, "c", "a text");
        long last = Ask.write(store, "d", "{\"n\":2}");
        try (TopicReader reader = TopicReader.open(store, "?since=1" + filter("object.n > 0"))) {
            List<Heard> heard = reader.until(each -> each.isChange() && each.revision() == last);
            assertThat(heard.stream().filter(Heard::isChange)).hasSize(2);
            List<Heard> notices =
                    heard.stream().filter(each -> each.name().equals("notice")).toList();
            assertThat(notices).hasSize(1);
            assertThat(notices.getFirst().data().path("state").asText()).isEqualTo("unanswered");
            assertThat(notices.getFirst().data().path("detail").asText()).contains("'n' is not present");
            assertThat(store.counted(WatchMetric.TOPIC_UNANSWERED)).isEqualTo(2);
        }
    }

    @Test
    void whoFollowsLiveWithTheSameFilterIsToldTheSame() {
        List<TopicReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                String app = LABELS.get(i % 2);
                readers.add(
                        TopicReader.open(store, "?prefix=k" + filter("object.metadata.labels.app == '" + app + "'")));
                readers.getLast().until(heard -> heard.name().equals("bookmark"));
            }
            Map<String, List<String>> expected = writeOne("k", 300);
            for (int i = 0; i < readers.size(); i++) {
                List<String> told = expected.getOrDefault(LABELS.get(i % 2), List.of());
                assertThat(readers.get(i).until(heard -> described(heard).equals(told.getLast())).stream()
                                .filter(Heard::isChange)
                                .map(TopicFilterTest::described))
                        .as("client " + i)
                        .containsExactlyElementsOf(told);
            }
        } finally {
            readers.forEach(TopicReader::close);
        }
    }

    /** What is to be told of it, by label. */
    private Map<String, List<String>> writeOne(String key, int times) {
        Map<String, List<String>> told = new HashMap<>();
        Random random = new Random(times);
        String before = "";
        for (int i = 0; i < times; i++) {
            String label = LABELS.get(random.nextInt(LABELS.size()));
            long revision = Ask.write(store, key, POD.formatted(label, i));
            told.computeIfAbsent(label, app -> new ArrayList<>()).add("put " + revision);
            if (!before.isEmpty() && !before.equals(label)) {
                told.get(before).add("delete " + revision);
            }
            before = label;
        }
        return told;
    }

    private static String described(Heard heard) {
        return heard.name() + " " + heard.revision();
    }

    @Test
    void noFilterCanAskWhatASecretHolds() {
        String secret = "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"cGxhbnRlZA==\"}}";
        Ask.write(store, "s", secret);
        long last = Ask.write(store, "s", secret);
        assertThat(told(filter("object.data.p == 'cGxhbnRlZA=='"), last)).isEmpty();
        assertThat(told(filter("old.data.p.startsWith('cG')"), last)).isEmpty();
        assertThat(told(filter("object.data.p == '(masked)'"), last)).hasSize(2);
    }

    @Test
    void whatIsNoFilterIsRefusedWithThePlace() {
        var refused = TopicReader.refused(store, "?filter=object.n%20%3E%20");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(TopicReader.json(refused.body()).path("field").asText()).isEqualTo("filter");
        assertThat(TopicReader.json(refused.body()).path("detail").asText()).startsWith("filter, character 12: ");
    }

    @Test
    void theCommandLineTakesOne() {
        Ask.write(store, "k", "{\"n\":1}");
        Ask.write(store, "k", "{\"n\":2}");
        String server = "--server=http://" + store.topics().getAuthority();
        assertThat(StoreShell.run(
                                List.of(
                                        "watch",
                                        "k",
                                        "--filter",
                                        "object.n + 1 == 3",
                                        "--since=oldest",
                                        "--limit=1",
                                        server),
                                "")
                        .out())
                .isEqualTo("3 PUT k\n  {\"n\":2}\n");
        assertThat(StoreShell.run(List.of("watch", "k", "--filter", "n", server), "")
                        .code())
                .isEqualTo(2);
    }
}
