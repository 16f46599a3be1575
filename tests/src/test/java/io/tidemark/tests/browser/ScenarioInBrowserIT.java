package io.tidemark.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.SelectOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Questions that people asked about the recorded cluster, answered by typing and clicking. */
@InBrowser
class ScenarioInBrowserIT {
    @Test
    void whoScaledCartToZeroAndWhoBroughtItBack(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openObject("cart", "Deployment", "shop/cart");
        visitor.filter("path:spec.replicas verb:scale -user:system:");

        assertThat(visitor.rows()).hasCount(2);
        assertThat(visitor.rows().first()).containsText(new String[] {"erin"}[0]);
        assertThat(visitor.row("erin")).containsText("→ 0");
        assertThat(shop.evidence("q01")).contains(visitor.auditIdOf("erin"));
        assertThat(visitor.details()).containsText("kubectl");
        assertThat(visitor.details()).containsText("spec.replicas");
        assertThat(visitor.row("alice")).containsText("0 → 6");
        assertThat(shop.evidence("q02")).contains(visitor.auditIdOf("alice"));
    }

    @Test
    void whichChangeBrokeTheRolloutOfCheckoutAndWhichEndedIt(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openObject("checkout", "Deployment", "shop/checkout");
        visitor.filter("2.0-nope path:spec.template");

        assertThat(shop.evidence("q03")).contains(visitor.auditIdOf("checkout:1.0 → checkout:2.0-nope"));
        assertThat(visitor.details()).containsText("alice");
        assertThat(shop.evidence("q04")).contains(visitor.auditIdOf("checkout:2.0-nope → checkout:1.0"));
        visitor.filter("ProgressDeadlineExceeded");
        assertThat(visitor.rows()).not().hasCount(0);
    }

    @Test
    void whyPodsOfCheckoutCrashedAgainAndAgain(Shop shop, Visitor visitor) {
        visitor.open("/search");
        visitor.page().getByLabel("Text to look for").fill("db-old.payments.invalid");

        String broke = "db.payments.svc → db-old.payments.invalid";
        assertThat(shop.evidence("q05")).contains(visitor.auditIdOf("ConfigMap shop/app-config", broke));
        assertThat(visitor.details()).containsText("alice");
        assertThat(shop.evidence("q05")).contains(visitor.auditIdOf("Deployment shop/checkout", broke));
        assertThat(visitor.details()).containsText("DB_HOST");
        String ended = "db-old.payments.invalid → db.payments.svc";
        assertThat(shop.evidence("q06")).contains(visitor.auditIdOf("Deployment shop/checkout", ended));
    }

    @Test
    void whyPodsOfCatalogWereKilledForMemory(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openObject("catalog", "Deployment", "shop/catalog");
        visitor.filter("path:spec.template limits.memory user:dave");

        assertThat(visitor.rows()).hasCount(2);
        assertThat(shop.evidence("q07")).contains(visitor.auditIdOf("128Mi → 32Mi"));
        assertThat(shop.evidence("q07")).contains(visitor.auditIdOf("32Mi → 128Mi"));
    }

    @Test
    void whyTheFirstDrainOfNode2DidNotFinish(Shop shop, Visitor visitor) {
        visitor.open("/user/erin");
        addFilter(visitor, "Code", "429");

        assertThat(visitor.rows()).hasCount(6);
        for (int i = 0; i < 6; i++) {
            visitor.select(visitor.rows().nth(i));
            assertThat(visitor.details()).containsText("disruption budget");
            assertThat(shop.evidence("q08")).contains(visitor.auditId());
        }
        visitor.openObject("web", "PodDisruptionBudget", "shop/web");
        visitor.page().locator(".object-head .text").first().click();
        assertThat(visitor.details()).containsText("minAvailable");
        assertThat(shop.evidence("q08")).contains(visitor.auditId());
    }

    @Test
    void whatBobTriedAndWhatHappened(Shop shop, Visitor visitor) {
        visitor.open("/user/bob");

        assertThat(visitor.page().locator(".verbs")).containsText("create 0");
        assertThat(visitor.rows().first()).isVisible();
        List<String> codes = visitor.rows().locator(".c-code").allInnerTexts();
        // the log of a pod he may read, but there is no kubelet that has it: 500
        assertThat(codes).isNotEmpty().containsOnly("403", "500");
        visitor.select(visitor.rows().last());
        assertThat(visitor.details()).containsText("Forbidden");
        assertThat(shop.evidence("q10")).contains(visitor.auditId());
    }

    @Test
    void whoFightsOverTheLabelOfServiceWeb(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openObject("web", "Service", "shop/web");
        visitor.filter("path:metadata.labels.tier");

        assertThat(visitor.row("flag-sync")).hasCount(10);
        assertThat(visitor.row("tier-enforcer")).hasCount(10);
        assertThat(visitor.row("edge → frontend")).hasCount(9);
        assertThat(visitor.row("frontend → edge")).hasCount(10);
        visitor.select(visitor.row("tier-enforcer").first());
        assertThat(shop.evidence("q11")).contains(visitor.auditId());
    }

    @Test
    void whyAHeldConfigMapStayedAndWhatRemovedIt(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openObject("held", "ConfigMap", "shop/held");

        Locator deletion = visitor.page().locator(".deletion");
        assertThat(deletion).containsText("by alice");
        assertThat(deletion).containsText("removed by erin");
        deletion.locator("button").first().click();
        assertThat(visitor.details()).containsText("finalizer");
        assertThat(shop.evidence("q12")).contains(visitor.auditId());
        deletion.locator("button").last().click();
        assertThat(visitor.details()).containsText("metadata.finalizers");
        assertThat(visitor.details()).containsText("erin");
        assertThat(shop.evidence("q12")).contains(visitor.auditId());
    }

    @Test
    void whyTheRobotFailedToUpdateSearchAndWhoseWriteWon(Shop shop, Visitor visitor) {
        visitor.open("/search");
        addFilter(visitor, "User", "system:serviceaccount:infra:ci");
        addFilter(visitor, "Code", "409");

        assertThat(visitor.row("Deployment shop/search")).hasCount(1);
        assertThat(visitor.row("Deployment shop/search")).containsText("alice wrote version 3530 first");
        assertThat(shop.evidence("q13")).contains(visitor.auditIdOf("Deployment shop/search"));
        visitor.details().getByText("Show the write that won").click();
        assertThat(visitor.details().locator("dd .person").first()).hasText("alice");
        assertThat(shop.evidence("q13")).contains(visitor.auditId());
    }

    @Test
    void whoRemovedThreeConfigMapsAtOnce(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openFirst("4vwv");

        assertThat(visitor.page().locator(".object-title")).containsText("build-4vwvm");
        assertThat(visitor.page().locator(".deletion")).containsText("infra/ci");
        visitor.select(visitor.row("deletecollection"));
        visitor.details().getByText("the deletecollection that removed it").click();
        assertThat(visitor.details()).containsText("labelSelector=batch%3D7");
        assertThat(shop.evidence("q15")).contains(visitor.auditId());
    }

    @Test
    void whoKilledOneWebPodByHand(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openFirst("4rp9");

        Locator deletion = visitor.page().locator(".deletion");
        assertThat(deletion).containsText("by dave");
        deletion.locator("button").first().click();
        assertThat(shop.evidence("q20")).contains(visitor.auditId());
    }

    @Test
    void whoReallyLabelledFeatures(Shop shop, Visitor visitor) {
        visitor.open("/");
        visitor.openObject("features", "ConfigMap", "shop/features");
        visitor.filter("reviewed");

        assertThat(visitor.rows()).hasCount(1);
        assertThat(visitor.rows().locator(".c-actor")).hasText("alice by erin");
        assertThat(shop.evidence("q25")).contains(visitor.auditIdOf("reviewed"));
    }

    private static void addFilter(Visitor visitor, String name, String value) {
        visitor.page().getByLabel("Add a filter").selectOption(new SelectOption().setLabel(name));
        visitor.page().locator("#chip-value").fill(value);
        visitor.page().locator("#chip-value").press("Enter");
        assertThat(visitor.page().locator(".chip.set")).not().hasCount(0);
    }
}
