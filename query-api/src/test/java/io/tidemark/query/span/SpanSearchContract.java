package io.tidemark.query.span;

import static io.tidemark.query.span.SpanBuilders.at;
import static io.tidemark.query.span.SpanBuilders.change;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.event;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.ownedBy;
import static io.tidemark.query.span.SpanBuilders.pod;
import static io.tidemark.query.span.SpanBuilders.ref;
import static io.tidemark.query.span.SpanBuilders.replicaSet;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every engine of the span store finds, in which order and on which page. */
public abstract class SpanSearchContract extends SpanStoreFixture {
    protected SpanSearchContract(SpanStoreEngine engine) {
        super(engine);
    }

    @Test
    void pagesNeitherRepeatNorSkipWhileSpansArrive() {
        List<SpanRef> expected = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            put(request("r" + i, deployment("web"), i / 3, r -> {}));
            expected.add(ref("r" + i));
        }
        store.refresh();
        List<SpanRef> seen = new ArrayList<>();
        Optional<Cursor> next = Optional.empty();
        do {
            PageRequest page = PageRequest.newest(7);
            Page<Span> answer = store.search(
                    SpanFilter.ALL,
                    next.map(cursor -> page.after(Cursor.parse(cursor.text()))).orElse(page));
            seen.addAll(refs(answer));
            next = answer.next();
            show(request("new" + seen.size(), deployment("web"), 1_000 + seen.size(), r -> {}));
        } while (next.isPresent());
        assertThat(seen).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void ordersByStartThenIdInBothDirections() {
        show(
                request("a", deployment("web"), 5, r -> {}),
                request("b", deployment("web"), 5, r -> {}),
                request("c", deployment("web"), 1, r -> {}));
        List<SpanRef> oldest = refs(store.search(SpanFilter.ALL, PageRequest.oldest(10)));
        assertThat(oldest).startsWith(ref("c"));
        assertThat(oldest.get(1)).isLessThan(oldest.get(2));
        assertThat(refs(store.search(SpanFilter.ALL, PageRequest.newest(10)))).isEqualTo(oldest.reversed());
    }

    @Test
    void everyFieldFindsExactlyTheSpansThatHaveIt() {
        List<Span> all = SpanSamples.all();
        show(all.toArray(Span[]::new));
        for (SpanField field : SpanField.values()) {
            Set<String> values = new java.util.TreeSet<>();
            all.forEach(span -> values.addAll(field.of(span)));
            for (String value : values) {
                assertThat(found(SpanFilter.ALL.and(field, value)))
                        .as(field + "=" + value)
                        .containsExactlyInAnyOrderElementsOf(all.stream()
                                .filter(span -> field.of(span).contains(value))
                                .map(span -> SpanRef.of(span.getSpanId()))
                                .toList());
            }
        }
    }

    @Test
    void findsByChangedPathAndByPathsAboveIt() {
        show(
                request(
                        "image",
                        deployment("web"),
                        1,
                        r -> r.setChanges(List.of(change(
                                "spec.template.spec.containers[name=web].image", "\"web:1\"", "\"web:2.0-nope\"")))),
                request(
                        "label",
                        deployment("web"),
                        2,
                        r -> r.setChanges(
                                List.of(change("metadata.labels[\"app.kubernetes.io/name\"]", null, "\"x\"")))));
        for (String path : List.of(
                "spec",
                "spec.template.spec.containers",
                "spec.template.spec.containers[name=web]",
                "spec.template.spec.containers[name=web].image",
                "spec.template.spec.containers.image")) {
            assertThat(found(SpanFilter.ALL.and(new Condition.ChangedPath(path))))
                    .as(path)
                    .containsExactly(ref("image"));
        }
        assertThat(found(SpanFilter.ALL.and(new Condition.ChangedPath("metadata.labels[\"app.kubernetes.io/name\"]"))))
                .containsExactly(ref("label"));
        assertThat(found(SpanFilter.ALL.and(new Condition.ChangedPath("spec.temp"))))
                .isEmpty();
        assertThat(found(SpanFilter.ALL.and(new Condition.Text(Words.asked("web:2.0-nope")))))
                .containsExactly(ref("image"));
    }

    @Test
    void findsWordsOfMessagesReasonsAndNames() {
        show(
                event(
                        "e1",
                        pod("checkout-1-abc"),
                        1,
                        "FailedScheduling",
                        "0/3 nodes are available: db-old.payments.invalid"),
                request(
                        "forbidden",
                        deployment("web"),
                        2,
                        r -> r.setCode(403)
                                .setReason("Forbidden")
                                .setEffect(Effect.FAILED)
                                .setMessage("user \"bob\" cannot delete resource")));
        assertThat(found(text("scheduling"))).containsExactly(ref("e1"));
        assertThat(found(text("failedsched"))).containsExactly(ref("e1"));
        assertThat(found(text("payments nodes"))).containsExactly(ref("e1"));
        assertThat(found(text("checkout"))).containsExactly(ref("e1"));
        assertThat(found(text("bob cannot"))).containsExactly(ref("forbidden"));
        assertThat(found(text("bob nodes"))).isEmpty();
    }

    @Test
    void findsByUserAgentFragmentCodeRangeAndTime() {
        show(
                request("a", deployment("web"), 1, r -> r.setUserAgent("Terraform/1.9 (+https://x)")),
                request("b", deployment("web"), 10, r -> r.setCode(404)));
        assertThat(found(SpanFilter.ALL.and(new Condition.UserAgentContains("terraform/1.9 (+"))))
                .containsExactly(ref("a"));
        assertThat(found(SpanFilter.ALL.and(new Condition.CodeBetween(400, 499))))
                .containsExactly(ref("b"));
        assertThat(found(SpanFilter.ALL.during(new TimeRange(Micros.of(at(0)), Micros.of(at(1.01))))))
                .containsExactly(ref("a"));
        assertThat(found(SpanFilter.ALL.during(new TimeRange(Micros.of(at(1.03)), Micros.of(at(9.9))))))
                .isEmpty();
    }

    @Test
    void findsObjectsByAnyFragmentAndDeletedOnesToo() {
        Span gone = object(pod("checkout-5469994784-4hnlm"), 1, s -> s.setEndMicros(at(9)));
        show(
                gone,
                object(pod("checkout-5469994784-zzzzz"), 2, s -> {}),
                object(deployment("checkout"), 0, s -> {}),
                object(deployment("catalog"), 0, s -> {}));
        assertThat(objects("4hnl")).containsExactly(ref("uid-checkout-5469994784-4hnlm"));
        assertThat(objects("checkout").getFirst()).isEqualTo(ref("uid-checkout"));
        assertThat(objects("hn")).containsExactly(ref("uid-checkout-5469994784-4hnlm"));
        assertThat(objects("deployment")).containsExactlyInAnyOrder(ref("uid-checkout"), ref("uid-catalog"));
        assertThat(objects("chekcout")).contains(ref("uid-checkout"));
        assertThat(objects("catalgo")).containsExactly(ref("uid-catalog"));
        assertThat(objects("chek")).contains(ref("uid-checkout"));
        assertThat(objects("pod 4hnlm")).containsExactly(ref("uid-checkout-5469994784-4hnlm"));
        assertThat(objects("app=catalog")).startsWith(ref("uid-catalog"));
        assertThat(objects("*")).isEmpty();
        assertThat(objects("nothinglikeit")).isEmpty();
    }

    @Test
    void pagesThroughMatchesBestFirst() {
        for (int i = 0; i < 12; i++) {
            put(object(pod("web-" + i), i, s -> {}), object(pod("old-web-" + i), i, s -> {}));
        }
        store.refresh();
        List<SpanRef> seen = new ArrayList<>();
        ObjectFilter filter = new ObjectFilter(SpanFilter.ALL, "", "web");
        Page<Span> page = store.objects(filter, PageRequest.newest(5));
        seen.addAll(refs(page));
        while (page.next().isPresent()) {
            page = store.objects(filter, PageRequest.newest(5).after(page.next().get()));
            seen.addAll(refs(page));
        }
        assertThat(seen).hasSize(24).doesNotHaveDuplicates().startsWith(ref("uid-web-11"));
        assertThat(seen.subList(12, 24)).contains(ref("uid-old-web-0"));
        assertThat(refs(store.objects(new ObjectFilter(SpanFilter.ALL, "old-web-1", ""), PageRequest.oldest(9))))
                .containsExactly(ref("uid-old-web-1"), ref("uid-old-web-10"), ref("uid-old-web-11"));
    }

    @Test
    void findsChildrenByTheirOwnersSpan() {
        show(
                object(deployment("web"), 1, s -> {}),
                ownedBy(object(replicaSet("web-1"), 2, s -> {}), deployment("web")),
                ownedBy(object(replicaSet("other-1"), 2, s -> {}), deployment("other")));
        assertThat(found(SpanFilter.ALL.and(SpanField.OWNER, ref("uid-web").toString())))
                .containsExactly(ref("uid-web-1"));
    }

    private List<SpanRef> objects(String fragment) {
        return refs(store.objects(new ObjectFilter(SpanFilter.ALL, "", fragment), PageRequest.newest(5)));
    }

    private static SpanFilter text(String words) {
        return SpanFilter.ALL.and(new Condition.Text(Words.asked(words)));
    }
}
