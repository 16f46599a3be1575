package io.tidemark.audit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ObjectDiffTest {
    private static final RootType POD = RootType.of("v1", "Pod");
    private static final RootType CUSTOM = RootType.of("ops.example.com/v1", "BackupRequest");
    private static final String ABSENT = null;

    private final ObjectDiff diff = new ObjectDiff(DiffLimits.DEFAULT);

    @Test
    void namesContainerWhoseImageChanged() {
        RootType deployment = RootType.of("apps/v1", "Deployment");
        assertThat(changes("""
                        {"spec":{"template":{"spec":{"containers":[
                          {"name":"log","image":"log:1"},{"name":"web","image":"web:1"}]}}}}""", """
                        {"spec":{"template":{"spec":{"containers":[
                          {"name":"web","image":"web:2"},{"name":"log","image":"log:1"}]}}}}""", deployment))
                .containsExactly(change("spec.template.spec.containers[name=web].image", "\"web:1\"", "\"web:2\""));
    }

    @Test
    void reportsAddedEnvironmentVariableAsOneChange() {
        assertThat(changes(
                        "{\"spec\":{\"containers\":[{\"name\":\"web\",\"env\":[{\"name\":\"A\",\"value\":\"1\"}]}]}}",
                        "{\"spec\":{\"containers\":[{\"name\":\"web\",\"env\":"
                                + "[{\"name\":\"B\",\"value\":\"2\"},{\"name\":\"A\",\"value\":\"1\"}]}]}}",
                        POD))
                .containsExactly(
                        change("spec.containers[name=web].env[name=B]", ABSENT, "{\"name\":\"B\",\"value\":\"2\"}"));
    }

    @Test
    void tellsPortsApartByNumberAndProtocol() {
        assertThat(changes(
                        "{\"spec\":{\"containers\":[{\"name\":\"w\",\"ports\":"
                                + "[{\"containerPort\":80,\"protocol\":\"TCP\"},{\"containerPort\":80,\"protocol\":\"UDP\"}]}]}}",
                        "{\"spec\":{\"containers\":[{\"name\":\"w\",\"ports\":[{\"containerPort\":80,\"protocol\":\"UDP\"}]}]}}",
                        POD))
                .containsExactly(change(
                        "spec.containers[name=w].ports[containerPort=80,protocol=TCP]",
                        "{\"containerPort\":80,\"protocol\":\"TCP\"}",
                        ABSENT));
    }

    @Test
    void takesMissingProtocolForTcp() {
        assertThat(changes(
                        "{\"spec\":{\"ports\":[{\"port\":53,\"protocol\":\"UDP\"},{\"port\":53}]}}",
                        "{\"spec\":{\"ports\":[{\"port\":53,\"protocol\":\"TCP\"},{\"port\":53,\"protocol\":\"UDP\"}]}}",
                        RootType.of("v1", "Service")))
                .containsExactly(change("spec.ports[port=53,protocol=TCP].protocol", ABSENT, "\"TCP\""));
    }

    @Test
    void namesConditionByType() {
        assertThat(changes(
                        "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"False\"}]}}",
                        "{\"status\":{\"conditions\":"
                                + "[{\"type\":\"PodScheduled\",\"status\":\"True\"},{\"type\":\"Ready\",\"status\":\"True\"}]}}",
                        POD))
                .containsExactly(
                        change("status.conditions[type=Ready].status", "\"False\"", "\"True\""),
                        change(
                                "status.conditions[type=PodScheduled]",
                                ABSENT,
                                "{\"type\":\"PodScheduled\",\"status\":\"True\"}"));
    }

    @Test
    void reportsTolerationsAsAWhole() {
        assertThat(changes(
                        "{\"spec\":{\"tolerations\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}}",
                        "{\"spec\":{\"tolerations\":[{\"key\":\"b\",\"operator\":\"Exists\"}]}}",
                        POD))
                .containsExactly(change(
                        "spec.tolerations",
                        "[{\"key\":\"a\",\"operator\":\"Exists\"}]",
                        "[{\"key\":\"b\",\"operator\":\"Exists\"}]"));
    }

    @Test
    void reportsOrderOfAtomicListsOnly() {
        assertThat(changes("{\"spec\":{\"a\":[1,2]}}", "{\"spec\":{\"a\":[2,1]}}", POD))
                .containsExactly(change("spec.a", "[1,2]", "[2,1]"));
        assertThat(changes(
                        "{\"metadata\":{\"finalizers\":[\"a\",\"b\"]}}",
                        "{\"metadata\":{\"finalizers\":[\"b\",\"a\"]}}",
                        POD))
                .isEmpty();
    }

    @Test
    void namesRemovedFinalizerByItsValue() {
        assertThat(changes(
                        "{\"metadata\":{\"finalizers\":[\"example.com/hold\",\"x\"]}}",
                        "{\"metadata\":{\"finalizers\":[\"x\"]}}",
                        CUSTOM))
                .containsExactly(change("metadata.finalizers[\"example.com/hold\"]", "\"example.com/hold\"", ABSENT));
    }

    @Test
    void quotesNamesThatAreNoIdentifiers() {
        assertThat(changes(
                        "{\"metadata\":{\"labels\":{\"app\":\"a\",\"app.kubernetes.io/name\":\"a\"}}}",
                        "{\"metadata\":{\"labels\":{\"app\":\"b\",\"app.kubernetes.io/name\":\"b\",\"od\\\"d\":\"\"}}}",
                        POD))
                .containsExactly(
                        change("metadata.labels.app", "\"a\"", "\"b\""),
                        change("metadata.labels[\"app.kubernetes.io/name\"]", "\"a\"", "\"b\""),
                        change("metadata.labels[\"od\\\"d\"]", ABSENT, "\"\""));
    }

    @Test
    void reportsLastAppliedConfigurationAsOneText() {
        assertThat(changes(
                        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"a\\\":1}\\n\"}}}",
                        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"a\\\":2}\\n\"}}}",
                        POD))
                .containsExactly(change(
                        "metadata.annotations[\"kubectl.kubernetes.io/last-applied-configuration\"]",
                        "\"{\\\"a\\\":1}\\n\"",
                        "\"{\\\"a\\\":2}\\n\""));
    }

    @Test
    void leavesOutWhatChangesWithEveryWrite() {
        assertThat(changes(
                        "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\",\"generation\":1}}",
                        "{\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"2\",\"generation\":2,\"managedFields\":[{}]}}",
                        POD))
                .isEmpty();
        assertThat(changes("{\"spec\":{\"generation\":1}}", "{\"spec\":{\"generation\":2}}", POD))
                .hasSize(1);
    }

    @Test
    void describesCreationAndDeletionByTheirTopMembers() {
        String body =
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\",\"resourceVersion\":\"1\","
                        + "\"labels\":{\"x\":\"y\"}},\"data\":{\"k\":\"v\"}}";
        RootType type = RootType.of("v1", "ConfigMap");
        assertThat(diff.between(null, utf8(body), type).fields())
                .containsExactly(
                        change("metadata.name", ABSENT, "\"a\""),
                        change("metadata.labels", ABSENT, "{\"x\":\"y\"}"),
                        change("data", ABSENT, "{\"k\":\"v\"}"));
        assertThat(diff.between(utf8(body), new byte[0], type).fields())
                .containsExactly(
                        change("metadata.name", "\"a\"", ABSENT),
                        change("metadata.labels", "{\"x\":\"y\"}", ABSENT),
                        change("data", "{\"k\":\"v\"}", ABSENT));
    }

    @Test
    void comparesByPositionWhenKeysAreMissingOrRepeated() {
        assertThat(changes(
                        "{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"1\"},{\"name\":\"a\",\"image\":\"2\"}]}}",
                        "{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"1\"},{\"name\":\"a\",\"image\":\"3\"}]}}",
                        POD))
                .containsExactly(change("spec.containers[1].image", "\"2\"", "\"3\""));
        assertThat(changes(
                        "{\"spec\":{\"containers\":[{\"image\":\"1\"}]}}",
                        "{\"spec\":{\"containers\":[{\"image\":\"1\"},{\"name\":\"b\"}]}}",
                        POD))
                .containsExactly(
                        change("spec.containers", "[{\"image\":\"1\"}]", "[{\"image\":\"1\"},{\"name\":\"b\"}]"));
    }

    @Test
    void guessesKeysWhereThereIsNoSchema() {
        assertThat(changes(
                        "{\"spec\":{\"steps\":[{\"name\":\"a\",\"n\":1},{\"name\":\"b\",\"n\":1}],\"nums\":[1,2]}}",
                        "{\"spec\":{\"steps\":[{\"name\":\"b\",\"n\":2},{\"name\":\"a\",\"n\":1}],\"nums\":[1,3]}}",
                        CUSTOM))
                .containsExactly(change("spec.steps[name=b].n", "1", "2"), change("spec.nums[1]", "2", "3"));
        assertThat(changes(
                        "{\"status\":{\"conditions\":[{\"type\":\"Done\",\"status\":\"False\"}]}}",
                        "{\"status\":{\"conditions\":[{\"type\":\"Done\",\"status\":\"True\"}]}}",
                        CUSTOM))
                .containsExactly(change("status.conditions[type=Done].status", "\"False\"", "\"True\""));
    }

    @Test
    void ignoresSpellingOfTheSameJson() {
        assertThat(changes(
                        "{\"spec\":{\"a\":\"<\\u00e9\",\"b\":1.0,\"c\":[1, 2],\"d\":{\"x\":1,\"y\":2}}}",
                        "{ \"spec\" : {\"d\":{\"y\":2,\"x\":1},\"c\":[1,2],\"b\":1,\"\\u0061\":\"\\u003cé\"}}",
                        CUSTOM))
                .isEmpty();
    }

    @Test
    void doesNotTakeTheBeginningOfANumberForTheNumber() {
        assertThat(changes("{\"a\":1,\"b\":2}", "{\"a\":12,\"b\":2}", CUSTOM)).containsExactly(change("a", "1", "12"));
    }

    @Test
    void cutsLongValuesAndKeepsThemJson() {
        String before = "{\"data\":{\"k\":\"short\"}}";
        String after = "{\"data\":{\"k\":\"" + "é\\n".repeat(5000) + "\"}}";
        FieldChange change =
                changes(before, after, RootType.of("v1", "ConfigMap")).getFirst();
        assertThat(change.beforeJson()).isEqualTo("\"short\"");
        assertThat(change.afterJson())
                .startsWith("\"é\\né")
                .contains("… (20002 bytes, sha256:")
                .endsWith(")\"")
                .hasSizeLessThan(2048);
    }

    @Test
    void countsChangesBeyondTheBound() {
        String added =
                IntStream.range(0, 300).mapToObj(i -> "\"k" + i + "\":\"v\"").collect(Collectors.joining(","));
        Changes changes =
                diff.between(utf8("{\"data\":{}}"), utf8("{\"data\":{" + added + "}}"), RootType.of("v1", "ConfigMap"));
        assertThat(changes.fields()).hasSize(256);
        assertThat(changes.omitted()).isEqualTo(44);
    }

    @Test
    void comparesMetadataAloneForPartialBodies() {
        assertThat(diff.metadataBetween(
                                utf8("{\"kind\":\"Pod\",\"metadata\":{\"labels\":{\"a\":\"1\"}},\"spec\":{\"x\":1}}"),
                                utf8("{\"kind\":\"PartialObjectMetadata\",\"metadata\":{\"labels\":{\"a\":\"2\"}}}"))
                        .fields())
                .containsExactly(change("metadata.labels.a", "\"1\"", "\"2\""));
    }

    @Test
    void refusesWhatIsNoObjectAndTellsWhere() {
        assertThatThrownBy(() -> changes("[]", "{}", POD))
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("expected { at byte 0");
        for (String broken :
                new String[] {"{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":}", "{\"a\":\"x", "{a:1}", "{\"a\":[1,}"}) {
            assertThatThrownBy(() -> changes(broken, "{\"b\":2}", POD))
                    .as(broken)
                    .isInstanceOf(UnreadableBodyException.class);
        }
    }

    @Test
    void survivesDeepNesting() {
        String open = "{\"a\":".repeat(20_000);
        String close = "}".repeat(20_000);
        assertThat(changes(open + "1" + close, open + "2" + close, CUSTOM)).hasSize(1);
    }

    private List<FieldChange> changes(String before, String after, RootType type) {
        Changes changes = diff.between(utf8(before), utf8(after), type);
        assertThat(changes.omitted()).isZero();
        return changes.fields();
    }

    private static FieldChange change(String path, String before, String after) {
        return new FieldChange(path, before, after);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
