package io.tidemark.audit.correlate;

import static io.tidemark.audit.correlate.Events.configMap;
import static io.tidemark.audit.correlate.Events.object;
import static io.tidemark.audit.correlate.Events.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.correlate.Events.Request;
import io.tidemark.schema.audit.Change;
import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ItemDetail;
import io.tidemark.schema.audit.RequestDetail;
import io.tidemark.schema.audit.SpanKind;
import org.junit.jupiter.api.Test;

/** What is concluded about deletions: when they took effect, what they took along, whose they were. */
class DeletionsTest {
    private final Events map = new Events("configmaps", "x");
    private final Events pod = new Events("pods", "x");
    private final SpanSet set = new SpanSet();

    @Test
    void seesThatRemovingTheLastFinalizerDeletes() {
        String deleting = ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":0";
        set.feed(map.request("create", 201).answers(configMap(10, ",\"finalizers\":[\"f\"]", "1")));
        Request delete = map.request("delete", 200).answers(configMap(11, deleting + ",\"finalizers\":[\"f\"]", "1"));
        set.feed(delete);
        Request patch = map.request("patch", 200).answers(configMap(11, deleting, "1"));
        RequestDetail last = set.fed(patch);

        assertThat(set.detail(delete).getEffect()).isEqualTo(Effect.DELETION_STARTED);
        assertThat(set.detail(delete).getResourceVersion()).isEqualTo("11");
        assertThat(last.getEffect()).isEqualTo(Effect.DELETED);
        assertThat(last.getResourceVersion()).isEmpty();
        assertThat(last.getChanges()).extracting(Change::getPath).containsExactly("metadata.finalizers");
        assertThat(set.life("uid-1").getDeletedBySpanId())
                .isEqualTo(set.span(patch).getSpanId());
        assertThat(set.life("uid-1").getDeletionRequestedBySpanId())
                .isEqualTo(set.span(delete).getSpanId());
    }

    @Test
    void doesNotTakeAStatusWriteOnATerminatingPodForADeletion() {
        String waiting = ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":5";
        RequestDetail patch =
                set.fed(pod.request("patch", 200).on("status").answers(object("Pod", "uid-1", 12, waiting, "")));

        assertThat(patch.getEffect()).isEqualTo(Effect.UPDATED);
    }

    @Test
    void callsASecondDeleteOfATerminatingObjectNoChange() {
        String waiting = ",\"deletionTimestamp\":\"2026-11-23T08:00:02Z\",\"deletionGracePeriodSeconds\":5";
        set.feed(pod.request("create", 201).answers(object("Pod", "uid-1", 10, "", "")));
        set.feed(pod.request("delete", 200).answers(object("Pod", "uid-1", 11, waiting, "")));
        RequestDetail second = set.fed(pod.request("delete", 200).answers(object("Pod", "uid-1", 11, waiting, "")));

        assertThat(second.getEffect()).isEqualTo(Effect.NO_CHANGE);
    }

    @Test
    void attachesADeletionThatAnswersAStatusToTheUidItNames() {
        set.feed(map.request("create", 201).answers(configMap(10, "", "1")));
        Request delete = map.request("delete", 200).answers(status("uid-1"));
        RequestDetail detail = set.fed(delete);

        assertThat(detail.getEffect()).isEqualTo(Effect.DELETED);
        assertThat(set.span(delete).getObject().getUid()).isEqualTo("uid-1");
        assertThat(detail.getExact()).isFalse();
        assertThat(detail.getPreviousResourceVersion()).isEqualTo("10");
    }

    @Test
    void seesADryRunThatOnlyTheBodyOfADeletionTells() {
        RequestDetail delete = set.fed(
                map.request("delete", 200).asks("{\"dryRun\":[\"All\"]}").answers(status("uid-1")));

        assertThat(delete.getEffect()).isEqualTo(Effect.DRY_RUN);
        assertThat(delete.getDryRun()).isTrue();
    }

    @Test
    void saysThatALevelWithoutBodiesLeavesTheOutcomeOpen() {
        RequestDetail delete = set.fed(map.request("delete", 200).with("level", "Metadata"));

        assertThat(delete.getEffect()).isEqualTo(Effect.UNKNOWN);
        assertThat(delete.getEffectReason()).contains("audit level Metadata hides the answer");
    }

    @Test
    void fansACollectionDeletionOutToItsItems() {
        String items = "[" + configMap(10, "", "1") + ","
                + configMap(9, ",\"finalizers\":[\"f\"]", "1")
                        .replace("uid-1", "uid-2")
                        .replace("\"x\"", "\"y\"")
                + "]";
        Request request = map.request("deletecollection", 200)
                .unnamed()
                .answers(
                        "{\"kind\":\"ConfigMapList\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"20\"},\"items\":"
                                + items + "}");
        RequestDetail collection = set.fed(request);

        assertThat(collection.getEffect()).isEqualTo(Effect.COLLECTION_DELETED);
        assertThat(collection.getItems()).isEqualTo(2);
        assertThat(set.spans(SpanKind.ITEM))
                .extracting(span -> ((ItemDetail) span.getDetail()).getEffect())
                .containsExactlyInAnyOrder(Effect.DELETED, Effect.DELETION_STARTED);
        assertThat(set.spans(SpanKind.ITEM)).allSatisfy(span -> {
            ItemDetail item = (ItemDetail) span.getDetail();
            assertThat(item.getRequestSpanId()).isEqualTo(set.span(request).getSpanId());
        });
    }
}
