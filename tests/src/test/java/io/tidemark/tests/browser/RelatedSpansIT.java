package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What belongs to a span beyond itself: other attempts, objects that an Event names, what webhooks changed. */
@InBrowser
class RelatedSpansIT {
    private static final String MUTATION = "mutation.webhook.admission.k8s.io/round_0_index_2";
    private static final String PATCH = "patch.webhook.admission.k8s.io/round_0_index_2";

    @Test
    void aRefusedEvictionLeadsToTheAttemptThatSucceeded(Visitor visitor) {
        visitor.open("/o/shop/apps/deployments/shop/web?scope=tree&filter=code:429");
        visitor.select(visitor.row("create/eviction").first());

        Locator details = visitor.details();
        assertThat(attempt(visitor)).containsText("1 of 4, the last one succeeded (201)");
        details.getByText("next", exact()).click();
        assertThat(attempt(visitor)).containsText("2 of 4");
        details.getByText("last", exact()).click();
        assertThat(attempt(visitor)).containsText("4 of 4");
        assertThat(details.locator(".details-title .code")).hasText("201");
        details.getByText("first", exact()).click();
        assertThat(details.locator(".details-title .code")).hasText("429");
    }

    @Test
    void anEventLinksTheObjectThatItsMessageNames(Visitor visitor) {
        visitor.open("/o/shop/apps/deployments/shop/checkout");
        visitor.select(visitor.row("ScalingReplicaSet", "Scaled up replica set checkout-8678dcdd5d from 0 to 6"));

        Locator named = visitor.details().locator(".mentions .object");
        assertThat(named).hasText("ReplicaSet shop/checkout-8678dcdd5d");
        named.click();
        assertThat(visitor.page().locator(".object-title h1")).hasText("shop/checkout-8678dcdd5d");
        assertThat(visitor.page().locator(".object-title .kind-badge")).hasText("ReplicaSet");
    }

    @Test
    void aPodTellsOfTheEventsOfOthersThatNameIt(Visitor visitor) {
        visitor.open("/o/shop/core/pods/shop/cart-7b6dc5c668-2rfcn");
        Locator named = visitor.page().locator(".named");
        assertThat(named.locator("button")).hasText(new String[] {"SuccessfulCreate", "SuccessfulDelete"});

        named.locator("button").last().click();
        assertThat(visitor.details()).containsText("Deleted pod: cart-7b6dc5c668-2rfcn");
        assertThat(visitor.details().locator(".details-object")).hasText("ReplicaSet shop/cart-7b6dc5c668");

        visitor.open("/o/shop/core/nodes/-/node-0");
        assertThat(named.locator("button").first()).isHidden();
        named.locator("summary").click();
        assertThat(named.locator("summary")).hasText("Named in 32 Events of others");
        assertThat(named.locator("button")).hasCount(32);
    }

    @Test
    void whatAWebhookChangedIsShownFieldByField(Shop shop, Visitor visitor) throws Exception {
        AuditEvents map = new AuditEvents("ConfigMap", "patched", Instant.parse("2026-11-24T11:00:00Z"));
        ObjectNode create = patched(map.create(Map.of("limit", "5", "burst", "9")), """
                {"op":"replace","path":"/data/limit","value":"3"},{"op":"remove","path":"/data/burst"}""");
        ObjectNode patch = patched(map.update(Map.of("limit", "3")).put("verb", "patch"), """
                {"op":"remove","path":"/data/other"}""");
        shop.post("webhooks", List.of(create, patch));
        shop.awaitRequests("webhooks", 2);
        visitor.open("/o/webhooks/core/configmaps/made/patched");
        visitor.select(visitor.row("create"));

        Locator hook = visitor.details().locator(".hook");
        assertThat(hook.locator("h4")).hasText("limits/limits.example.org round 0, call 2");
        assertThat(hook.locator(".path")).hasText(new String[] {"data.burst", "data.limit"});
        assertThat(hook.locator(".side")).hasText(new String[] {"−9", "−5", "+3"});
        hook.getByText("Patch", new Locator.GetByTextOptions().setExact(true)).click();
        assertThat(hook.locator("pre")).containsText("\"op\":\"replace\"");

        visitor.select(visitor.row("patch"));
        assertThat(hook.locator(".change")).containsText("data.other");
        assertThat(hook.locator(".change")).containsText("removed; what it was is not told");
    }

    private static ObjectNode patched(ObjectNode event, String operations) {
        event.putObject("annotations").put(MUTATION, """
                {"configuration":"limits","webhook":"limits.example.org","mutated":true}""").put(PATCH, """
                {"configuration":"limits","webhook":"limits.example.org","patchType":"JSONPatch","patch":[%s]}""".formatted(operations));
        return event;
    }

    private static Locator attempt(Visitor visitor) {
        return visitor.details()
                .locator("dt", new Locator.LocatorOptions().setHasText("Attempt"))
                .locator("+ dd");
    }

    private static Locator.GetByTextOptions exact() {
        return new Locator.GetByTextOptions().setExact(true);
    }
}
