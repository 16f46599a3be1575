package io.tidemark.query.trace;

import static io.tidemark.query.span.SpanBuilders.change;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.id;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.query.trace.Explanation.Restoration;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectDetail;
import io.tidemark.schema.audit.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes bring an earlier state back. */
class RestorationsTest extends ExplanationFixture {
    private static Span image(String auditId, int version, String before, String after) {
        Change image = change("spec.template.spec.containers[name=web].image", before, after);
        Change replicas = change("spec.replicas", "1", "" + version);
        return request(
                auditId,
                deployment("web"),
                version,
                r -> r.setResourceVersion("" + version).setChanges(List.of(replicas, image)));
    }

    private static Span created() {
        Span object = object(deployment("web"), 0, s -> {});
        ObjectDetail life = ObjectDetail.newBuilder((ObjectDetail) object.getDetail())
                .setCreatedBySpanId(id("create"))
                .build();
        return Span.newBuilder(object).setDetail(life).build();
    }

    private static Span creation() {
        return request(
                "create",
                deployment("web"),
                0,
                r -> r.setVerb("create")
                        .setEffect(Effect.CREATED)
                        .setResourceVersion("1")
                        .setChanges(List.of(change("spec", null, "{}"))));
    }

    private static Span numbered(String auditId, int version, String path, String after) {
        return request(
                auditId,
                deployment("web"),
                version,
                r -> r.setSubresource("status")
                        .setResourceVersion("" + version)
                        .setChanges(List.of(change(path, null, after))));
    }

    @Test
    void aTemplateThatIsAsAnEarlierChangeLeftItIsARollbackToThat() {
        Explanation web = explain(
                deployment("web"),
                created(),
                creation(),
                image("b", 10, "\"web:1\"", "\"web:2\""),
                numbered("n", 11, "metadata.annotations[\"deployment.kubernetes.io/revision\"]", "\"2\""),
                image("c", 20, "\"web:2\"", "\"web:3\""),
                image("undo", 30, "\"web:3\"", "\"web:2\""));

        assertThat(web.restorations()).singleElement().satisfies(back -> {
            assertThat(back.by().getSpanId()).isEqualTo(id("undo"));
            assertThat(back.restored().getSpanId()).isEqualTo(id("b"));
            assertThat(back.revision()).isEqualTo("2");
        });
    }

    @Test
    void aTemplateThatIsAsItWasCreatedIsARollbackToTheCreation() {
        Explanation web = explain(
                deployment("web"),
                created(),
                creation(),
                numbered("n", 2, "metadata.annotations", "{\"deployment.kubernetes.io/revision\":\"1\"}"),
                image("b", 10, "\"web:1\"", "\"web:2\""),
                image("undo", 30, "\"web:2\"", "\"web:1\""));

        assertThat(web.restorations()).extracting(Restoration::revision).containsExactly("1");
        assertThat(web.restorations().getFirst().restored().getSpanId()).isEqualTo(id("create"));
    }

    @Test
    void aTemplateThatNeverWasBeforeIsNoRollback() {
        Change other = change("spec.template.spec.hostNetwork", null, "true");
        Explanation web = explain(
                deployment("web"),
                created(),
                creation(),
                image("b", 10, "\"web:1\"", "\"web:2\""),
                request(
                        "c",
                        deployment("web"),
                        20,
                        r -> r.setResourceVersion("20").setChanges(List.of(other))),
                image("d", 30, "\"web:2\"", "\"web:1\""));

        assertThat(web.restorations()).isEmpty();
    }

    @Test
    void changesThatCannotBeComposedSayNothing() {
        Change map = change("spec.template.spec", "{}", "{\"a\":1}");
        Explanation web = explain(
                deployment("web"),
                created(),
                creation(),
                request(
                        "b",
                        deployment("web"),
                        10,
                        r -> r.setResourceVersion("10").setChanges(List.of(map))),
                image("c", 20, "\"web:1\"", "\"web:2\""),
                image("d", 30, "\"web:2\"", "\"web:1\""));

        assertThat(web.restorations())
                .extracting(back -> back.restored().getSpanId())
                .as("the last two compose without the first")
                .containsExactly(id("b"));
    }
}
