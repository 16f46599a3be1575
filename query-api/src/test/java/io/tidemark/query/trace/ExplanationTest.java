package io.tidemark.query.trace;

import static io.tidemark.query.span.SpanBuilders.at;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.event;
import static io.tidemark.query.span.SpanBuilders.id;
import static io.tidemark.query.span.SpanBuilders.identity;
import static io.tidemark.query.span.SpanBuilders.item;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.ownedBy;
import static io.tidemark.query.span.SpanBuilders.pod;
import static io.tidemark.query.span.SpanBuilders.replicaSet;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.trace.Explanation.Why;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.EventDetail;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.Mention;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What spans say together: why an object went, what brought a state back, which attempts belong together. */
class ExplanationTest extends ExplanationFixture {
    private static final String COLLECTOR = "system:serviceaccount:kube-system:generic-garbage-collector";
    private static final String NAMESPACES = "system:serviceaccount:kube-system:namespace-controller";

    private static Span goneBy(Span object, String auditId, double at) {
        ObjectDetail life = ObjectDetail.newBuilder((ObjectDetail) object.getDetail())
                .setDeletionRequestedBySpanId(id(auditId))
                .setDeletedBySpanId(id(auditId))
                .build();
        return Span.newBuilder(object).setEndMicros(at(at)).setDetail(life).build();
    }

    private static Span deletion(String auditId, ObjectIdentity object, double at, String user) {
        return request(
                auditId, object, at, r -> r.setVerb("delete").setUser(user).setEffect(Effect.DELETED));
    }

    private static List<String> chain(Explanation explanation) {
        return explanation.deletion().stream()
                .map(cause -> cause.why() + " " + cause.object().getObject().getName())
                .toList();
    }

    @Test
    void aCollectedObjectWentBecauseItsOwnerDidBackToWhoBeganIt() {
        Explanation pod = explain(
                pod("web-1-a"),
                goneBy(object(deployment("web"), 0, s -> {}), "d1", 10),
                goneBy(ownedBy(object(replicaSet("web-1"), 1, s -> {}), deployment("web")), "d2", 11),
                goneBy(ownedBy(object(pod("web-1-a"), 2, s -> {}), replicaSet("web-1")), "d3", 12),
                deletion("d1", deployment("web"), 10, "alice"),
                deletion("d2", replicaSet("web-1"), 11, COLLECTOR),
                deletion("d3", pod("web-1-a"), 12, COLLECTOR));

        assertThat(chain(pod)).containsExactly("REQUESTED web-1-a", "OWNER_DELETED web-1", "OWNER_DELETED web");
        assertThat(((RequestDetail) pod.deletion().getLast().request().getDetail()).getUser())
                .isEqualTo("alice");
    }

    @Test
    void theChainEndsWithWhoIsNoCollector() {
        Explanation pod = explain(
                pod("web-1-a"),
                goneBy(object(replicaSet("web-1"), 1, s -> {}), "d2", 11),
                goneBy(ownedBy(object(pod("web-1-a"), 2, s -> {}), replicaSet("web-1")), "d3", 12),
                deletion("d2", replicaSet("web-1"), 11, "alice"),
                deletion("d3", pod("web-1-a"), 12, "dave"));

        assertThat(chain(pod)).containsExactly("REQUESTED web-1-a");
    }

    @Test
    void anOwnersLaterDeletionIsNoCause() {
        Explanation pod = explain(
                pod("web-1-a"),
                goneBy(object(replicaSet("web-1"), 1, s -> {}), "d2", 20),
                goneBy(ownedBy(object(pod("web-1-a"), 2, s -> {}), replicaSet("web-1")), "d3", 12),
                deletion("d2", replicaSet("web-1"), 20, "alice"),
                deletion("d3", pod("web-1-a"), 12, COLLECTOR));

        assertThat(chain(pod)).containsExactly("REQUESTED web-1-a");
    }

    @Test
    void whatANamespaceHeldWentWithIt() {
        ObjectIdentity namespace = identity("namespaces", "Namespace", "", "shop");
        Span item = item("dc", pod("a"), 12);
        ItemDetail byController = ItemDetail.newBuilder((ItemDetail) item.getDetail())
                .setUser(NAMESPACES)
                .build();
        Span object = object(pod("a"), 2, s -> {});
        ObjectDetail life = ObjectDetail.newBuilder((ObjectDetail) object.getDetail())
                .setDeletionRequestedBySpanId(item.getSpanId())
                .build();
        Explanation pod = explain(
                pod("a"),
                goneBy(object(namespace, 0, s -> {}), "d1", 10),
                Span.newBuilder(object).setDetail(life).build(),
                deletion("d1", namespace, 10, "erin"),
                Span.newBuilder(item).setDetail(byController).build());

        assertThat(chain(pod)).containsExactly("REQUESTED a", "NAMESPACE_DELETED shop");
    }

    @Test
    void customResourcesThatNobodyDeletedWentWithTheirDefinition() {
        ObjectIdentity backup = ObjectIdentity.newBuilder(identity("backups", "Backup", "shop", "b"))
                .setGroup("ops.example.com")
                .build();
        ObjectIdentity definition = ObjectIdentity.newBuilder(identity(
                        "customresourcedefinitions", "CustomResourceDefinition", "", "backups.ops.example.com"))
                .setGroup("apiextensions.k8s.io")
                .build();
        Explanation gone = explain(
                backup,
                object(backup, 5, s -> {}),
                goneBy(object(definition, 0, s -> {}), "d1", 10),
                deletion("d1", definition, 10, "erin"));

        assertThat(gone.deletion()).singleElement().satisfies(cause -> {
            assertThat(cause.why()).isEqualTo(Why.DEFINITION_DELETED);
            assertThat(((RequestDetail) cause.request().getDetail()).getUser()).isEqualTo("erin");
        });
    }

    @Test
    void aConflictAndTheSuccessAfterItAreOneChain() {
        Explanation web = explain(
                deployment("web"),
                object(deployment("web"), 0, s -> {}),
                request("a1", deployment("web"), 1, r -> r.setCode(409).setEffect(Effect.FAILED)),
                request("other", deployment("web"), 1.5, r -> r.setUser("bob")),
                request("a2", deployment("web"), 2, r -> r.setCode(409).setEffect(Effect.FAILED)),
                request("a3", deployment("web"), 3, r -> {}),
                request("a4", deployment("web"), 4, r -> {}));

        assertThat(web.retries())
                .singleElement()
                .satisfies(chain -> assertThat(chain.attempts())
                        .extracting(span -> ((RequestDetail) span.getDetail()).getAuditId())
                        .containsExactly("a1", "a2", "a3"));
    }

    @Test
    void aSuccessLongAfterAConflictIsNoRetry() {
        Explanation web = explain(
                deployment("web"),
                object(deployment("web"), 0, s -> {}),
                request("a1", deployment("web"), 1, r -> r.setCode(409).setEffect(Effect.FAILED)),
                request("a2", deployment("web"), 100, r -> {}));

        assertThat(web.retries()).isEmpty();
    }

    @Test
    void eventsOnTheOwnerThatNameThePodAreShownWithIt() {
        Span created = event("e1", replicaSet("web-1"), 3, "SuccessfulCreate", "Created pod: web-1-a");
        EventDetail detail = EventDetail.newBuilder((EventDetail) created.getDetail())
                .setMentions(List.of(new Mention("Pod", "shop", "web-1-a")))
                .build();
        Explanation pod = explain(
                pod("web-1-a"),
                object(pod("web-1-a"), 2, s -> s.setEndMicros(at(20))),
                Span.newBuilder(created).setDetail(detail).build(),
                Span.newBuilder(created)
                        .setSpanId(id("e2"))
                        .setStartMicros(at(400))
                        .setEndMicros(at(400))
                        .setDetail(detail)
                        .build());

        assertThat(pod.mentions())
                .as("not what was said about a later pod of that name")
                .extracting(Span::getSpanId)
                .containsExactly(id("e1"));
    }
}
