package io.tidemark.tests.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The recording's 27 questions and the queries that a person would use; the days are all 2026-11-23. */
public final class ScenarioQuestions {
    private static final String DEPLOYMENTS = "/search?cluster=shop&kind=REQUEST&resource=deployments";
    private static final String CONFIGMAPS = "/search?cluster=shop&kind=REQUEST&resource=configmaps&namespace=shop";
    private static final String PODS = "/search?cluster=shop&kind=REQUEST&resource=pods";
    private static final String NODE_CONTROLLER = "user=system:serviceaccount:kube-system:node-controller";
    private static final String BUDGET = "/objects/shop/policy/poddisruptionbudgets/shop/web/history";
    private static final String CONTAINERS = "path=spec.template.spec.containers";

    private ScenarioQuestions() {}

    public static final List<Question> ALL = List.of(
            Question.of(
                    "q01",
                    Set.of("erin", "kubectl", "\"scale\"", "spec.replicas"),
                    DEPLOYMENTS + "&namespace=shop&name=cart&user=erin"),
            Question.of(
                    "q02",
                    Set.of("erin", "alice", "\"after\":6"),
                    DEPLOYMENTS + "&namespace=shop&name=cart&verb=patch&path=spec.replicas"),
            Question.of(
                    "q03",
                    Set.of("alice", "checkout:2.0-nope", "ProgressDeadlineExceeded"),
                    DEPLOYMENTS + "&namespace=shop&name=checkout&verb=patch&" + CONTAINERS,
                    "/search?cluster=shop&q=ProgressDeadlineExceeded&name=checkout"),
            Question.of(
                    "q04",
                    Set.of("alice", "checkout:2.0-nope", "\"restorations\":[{"),
                    "/objects/shop/apps/deployments/shop/checkout/trace?depth=0"),
            Question.of(
                    "q05",
                    Set.of("alice", "db-old.payments.invalid", "DB_HOST"),
                    "/search?cluster=shop&kind=REQUEST&namespace=shop&user=alice&q=db-old.payments.invalid"),
            Question.of(
                    "q06",
                    Set.of("alice", "db.payments.svc"),
                    DEPLOYMENTS + "&namespace=shop&name=checkout&user=alice&" + CONTAINERS),
            Question.of(
                    "q07",
                    Set.of("dave", "32Mi", "limits", "\"restorations\":[{"),
                    "/objects/shop/apps/deployments/shop/catalog/trace?depth=0"),
            Question.of(
                    "q08",
                    Set.of("alice", "erin", "disruption budget"),
                    PODS + "&user=erin&code=429",
                    "/objects/shop/policy/poddisruptionbudgets/shop/web/history?limit=5"),
            Question.of("q09", Set.of("alice", "60%", "ACCEPTED"), BUDGET, PODS + "&user=erin&effect=ACCEPTED"),
            Question.of("q10", Set.of("bob", "Forbidden"), "/search?cluster=shop&user=bob&code=403")
                    .without(Map.of("d31284ec-936d-4bb7-b4ab-b34906037106", "a read: traces hold what may change")),
            Question.of(
                    "q11",
                    Set.of("flag-sync", "tier-enforcer", "frontend", "edge", "metadata.labels.tier"),
                    "/search?cluster=shop&resource=services&namespace=shop&name=web&path=metadata.labels.tier"),
            Question.of(
                    "q12",
                    Set.of("alice", "erin", "example.com/hold", "DELETION_STARTED", "\"DELETED\""),
                    "/objects/shop/core/configmaps/shop/held/history"),
            Question.of(
                    "q13",
                    Set.of(
                            "alice",
                            "Conflict",
                            "\"winner\":{",
                            "cd5b5d07-35c1-4a0a-854e-83f8135614bf",
                            "\"user\":\"system:serviceaccount:infra:ci\",\"verb\":\"update\",\"lastCode\":200,\"succeeded\":true"),
                    "/objects/shop/apps/deployments/shop/search/trace?depth=0&from=2026-11-23T08:19:23Z"
                            + "&to=2026-11-23T08:19:25Z"),
            Question.of(
                    "q14",
                    Set.of("team-a", "team-b", "dave", "Conflict", "FieldManagerConflict", "data.banner"),
                    CONFIGMAPS + "&name=features&from=2026-11-23T08:19:24Z&to=2026-11-23T08:19:25Z"),
            Question.of(
                    "q15",
                    Set.of("COLLECTION_DELETED", "batch%3D7", "build-4vwvm", "build-cjndp", "build-42ztz"),
                    CONFIGMAPS + "&user=system:serviceaccount:infra:ci"),
            Question.of(
                    "q16",
                    Set.of("dave", "exceeded quota", "spec.replicas"),
                    PODS + "&namespace=payments&code=403",
                    DEPLOYMENTS + "&namespace=payments&name=payments-api&user=dave"),
            Question.of(
                    "q17",
                    Set.of("node-6", "node-7", "NodeStatusUnknown", "node.kubernetes.io/unreachable"),
                    "/search?cluster=shop&" + NODE_CONTROLLER
                            + "&from=2026-11-23T08:19:01Z&to=2026-11-23T08:19:33Z&kind=REQUEST"),
            Question.of(
                    "q18",
                    Set.of("erin", "maintenance", "NoExecute"),
                    "/search?cluster=shop&kind=REQUEST&resource=nodes&name=node-1&user=erin",
                    PODS + "&verb=delete&" + NODE_CONTROLLER + "&from=2026-11-23T08:20:24Z&to=2026-11-23T08:20:27Z"),
            Question.of(
                            "q19",
                            Set.of(
                                    "erin",
                                    "COLLECTION_DELETED",
                                    "DELETION_STARTED",
                                    "\"finalize\"",
                                    "\"why\":\"namespace-deleted\""),
                            "/objects/shop/core/configmaps/staging-42/kube-root-ca.crt/trace?depth=0",
                            "/search?cluster=shop&kind=REQUEST&namespace=staging-42&verb=deletecollection",
                            "/objects/shop/core/namespaces/-/staging-42/history")
                    .without(Map.of(
                            "dec980b5-c328-45d3-8ccb-d48827269797", "leases are counted, not traced",
                            "2decf2ce-8cbb-46e3-8d27-84877319b4c9", "Kubernetes Events are told as occurrences")),
            Question.of(
                    "q20",
                    Set.of("dave", "web-c948dc5b6-4rp9l", "\"DELETED\""),
                    PODS + "&namespace=shop&verb=delete&user=dave"),
            Question.of(
                    "q21",
                    Set.of("dave", "files.invalid", "BackoffLimitExceeded"),
                    "/objects/shop/batch/jobs/infra/import/history",
                    PODS + "&namespace=infra&verb=create&user=system:serviceaccount:kube-system:job-controller",
                    "/search?cluster=shop&kind=EVENT&name=import&reason=BackoffLimitExceeded"),
            Question.of(
                    "q22",
                    Set.of("alice", "dave", "\"5973\"", "\"5977\""),
                    DEPLOYMENTS + "&namespace=shop&name=web&verb=patch"
                            + "&from=2026-11-23T08:21:10Z&to=2026-11-23T08:21:11Z"),
            Question.of(
                    "q23",
                    Set.of("alice", "spec.replicas", "\"after\":9"),
                    DEPLOYMENTS + "&namespace=shop&name=web&verb=update&user=alice&path=spec.replicas"),
            Question.of(
                    "q24",
                    Set.of("alice", "spec.paused", "cart:1.2"),
                    DEPLOYMENTS + "&namespace=shop&name=cart&user=alice"
                            + "&from=2026-11-23T08:21:15Z&to=2026-11-23T08:21:22Z"),
            Question.of(
                    "q25",
                    Set.of("\"user\":\"erin\"", "\"impersonated\":\"alice\"", "reviewed"),
                    CONFIGMAPS + "&name=features&path=metadata.labels.reviewed"),
            Question.of(
                    "q26",
                    Set.of("alice", "Orphan", "Foreground", "\"why\":\"owner-deleted\""),
                    DEPLOYMENTS + "&namespace=shop&name=search&user=alice",
                    "/objects/shop/apps/replicasets/shop/search-5c8798b785/trace?depth=0"),
            Question.of(
                    "q27",
                    Set.of("erin", "DELETION_STARTED", "\"why\":\"definition-deleted\""),
                    "/objects/shop/ops.example.com/backuprequests/payments/backup-0/trace?depth=0"));
}
