package io.tidemark.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
    private static final String PLAIN = "hunter2-\u00fc";
    private static final String BASE64 = Base64.getEncoder().encodeToString(PLAIN.getBytes(StandardCharsets.UTF_8));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AuditReader reader = new AuditReader(AuditLimits.DEFAULT);
    private final Redaction redaction = redaction(new byte[32]);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'Secret','metadata':{'name':'db'},'data':{'p':'BASE64'},'stringData':{'p':'PLAIN'}}",
                "{'kind':'SecretList','items':[{'metadata':{'name':'db'},'data':{'p':'BASE64'}}]}",
                "{'data':{'p':'BASE64'}}",
                "{'stringData':{'p':'PLAIN','deep':['PLAIN',{'x':'PLAIN'}]}}",
                "{'stringdata':{'p':'PLAIN'},'spec':'PLAIN'}",
                "{'data':'PLAIN','type':{'p':'PLAIN'},'metadata':['PLAIN']}",
                "{'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{x:PLAIN}'}}}",
                "{'kind':'DeleteOptions','data':{'p':'BASE64'}}",
                "{'kind':'Table','data':{'p':'BASE64'}}",
                "{'items':'PLAIN'}",
                "{'items':['PLAIN',['PLAIN'],{'data':{'p':'BASE64'}}]}",
                "[{'op':'replace','path':'/data/p','value':'BASE64'}]",
                "[{'op':'test','path':'/data','value':{'p':'BASE64'}}]",
                "[{'op':'add','path':'/stringData','value':{'p':'PLAIN'}}]",
                "[{'op':'replace','path':'','value':{'data':{'p':'BASE64'}}}]",
                "[{'op':'add','path':'/metadata/annotations/kubectl.kubernetes.io~1last-applied-configuration',"
                        + "'value':'{x:PLAIN}'}]",
                "[{'op':'add','path':'/metadata/annotations','value':"
                        + "{'kubectl.kubernetes.io/last-applied-configuration':'{x:PLAIN}'}}]",
                "[{'op':'add','path':'/metadata','value':"
                        + "{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{x:PLAIN}'}}}]",
                "[{'op':'add','path':'/somewhere/else','value':'PLAIN'}]",
                "'PLAIN'"
            })
    void keepsNoValueOfASecretInAnyFormOfARequest(String body) {
        String kept = redacted(secretEvent("patch", 200, text(body), null, ""));
        assertThat(kept).doesNotContain(PLAIN, BASE64).contains(RedactionHash.PREFIX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'Secret','metadata':{'name':'db'},'data':{'p':'BASE64'}}",
                "{'kind':'SecretList','items':[{'metadata':{'name':'db'},'data':{'p':'BASE64'}}]}",
                "{'kind':'Table','rows':[{'cells':['db','Opaque',1],'object':{'kind':'PartialObjectMetadata','metadata':"
                        + "{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'{x:PLAIN}'}}}}]}",
                "{'kind':'DeleteOptions','data':{'p':'BASE64'}}"
            })
    void keepsNoValueOfASecretInAnyFormOfAnAnswer(String body) {
        String kept = redacted(secretEvent("deletecollection", 200, null, text(body), ""));
        assertThat(kept).doesNotContain(PLAIN, BASE64).contains(RedactionHash.PREFIX);
    }

    @Test
    void keepsEverythingAboutASecretThatIsNoValue() throws Exception {
        String secret = text(
                "{'apiVersion':'v1','kind':'Secret','metadata':{'name':'db','uid':'u1','labels':{'a':'b'},"
                        + "'managedFields':[{'fieldsV1':{'f:data':{'f:p':{}}}}]},'immutable':true,'type':'Opaque','data':{'p':null}}");
        JsonNode kept = JSON.readTree(redacted(secretEvent("create", 201, secret, secret, "")));
        assertThat(kept.get("requestObject")).isEqualTo(JSON.readTree(secret));
        assertThat(kept.get("responseObject")).isEqualTo(JSON.readTree(secret));
    }

    @Test
    void keepsDeleteOptionsAndTellsWhoseNameIsGone() throws Exception {
        String options = text("{'kind':'DeleteOptions','propagationPolicy':'Background','dryRun':['All']}");
        JsonNode kept = JSON.readTree(redacted(secretEvent("delete", 200, options, null, "")));
        assertThat(kept.get("requestObject")).isEqualTo(JSON.readTree(options));
    }

    @Test
    void showsThatDataAndStringDataAreTheSameAndThatAnotherValueIsNot() throws Exception {
        JsonNode kept = JSON.readTree(redacted(secretEvent(
                "create", 201, text("{'stringData':{'p':'PLAIN','q':'other'}}"), text("{'data':{'p':'BASE64'}}"), "")));
        String sent = kept.at("/requestObject/stringData/p").asText();
        assertThat(sent).matches("redacted:hmac-sha256:[A-Za-z0-9_-]{22}");
        assertThat(kept.at("/responseObject/data/p").asText()).isEqualTo(sent);
        assertThat(kept.at("/requestObject/stringData/q").asText()).isNotEqualTo(sent);
    }

    @Test
    void hashesWithTheKeyOfTheInstallation() {
        String event = secretEvent("create", 201, text("{'data':{'p':'BASE64'}}"), null, "");
        assertThat(redacted(event))
                .isNotEqualTo(redacted(redaction("another key of 16 or more".getBytes(StandardCharsets.UTF_8)), event));
        assertThatThrownBy(() -> new RedactionHash(new byte[15]))
                .hasMessage("redaction key: expected at least 16 bytes, found 15");
    }

    @Test
    void withholdsTextsOfFailuresThatEchoValues() throws Exception {
        String status = text("{'kind':'Status','code':422,'reason':'Invalid','message':'Secret \\'db\\' is invalid: "
                + "data[p]: Invalid value: PLAIN','details':{'causes':[{'field':'data[p]','message':'PLAIN'}]}}");
        JsonNode kept = JSON.readTree(redacted(secretEvent("create", 422, null, status, "PLAIN is refused")));
        assertThat(kept.toString()).doesNotContain(PLAIN);
        assertThat(kept.at("/responseStatus/message").asText()).isEqualTo(FailureTexts.WITHHELD);
        assertThat(kept.at("/responseObject/message").asText()).isEqualTo(FailureTexts.WITHHELD);
        assertThat(kept.at("/responseObject/reason").asText()).isEqualTo("Invalid");
        assertThat(kept.at("/responseObject/details/causes/0/field").asText()).isEqualTo("data[p]");
    }

    @Test
    void keepsTextsOfFailuresThatNameOnlyWhatIsKnown() throws Exception {
        String forbidden =
                "secrets \\\"db\\\" is forbidden: User \\\"dave\\\" cannot update resource \\\"secrets\\\" in API"
                        + " group \\\"\\\" in the namespace \\\"shop\\\"";
        JsonNode kept = JSON.readTree(redacted(secretEvent("update", 403, null, null, forbidden)));
        assertThat(kept.at("/responseStatus/message").asText()).isEqualTo(forbidden.replace("\\\"", "\""));
        JsonNode denied = JSON.readTree(redacted(secretEvent(
                "update", 403, null, null, "admission webhook \\\"w\\\" denied the request: weak password PLAIN")));
        assertThat(denied.at("/responseStatus/message").asText())
                .isEqualTo("admission webhook \"redacted\" denied the request: redacted");
    }

    @Test
    void hashesAnnotationsInWhichWebhooksLeaveTheirPatches() {
        String event = secretEvent("create", 201, null, null, "")
                .replace(
                        "\"annotations\":{",
                        "\"annotations\":{\"patch.webhook.admission.k8s.io/round_0_index_0\":\"{" + PLAIN + "}\",");
        assertThat(redacted(event)).doesNotContain(PLAIN).contains("\"authorization.k8s.io/decision\":\"allow\"");
    }

    @Test
    void redactsIssuedAndReviewedTokens() throws Exception {
        String issued = event("create", 201, "serviceaccounts", "", "token")
                .replace(
                        "\"BODIES\"",
                        text(
                                "'responseObject':{'kind':'TokenRequest','status':{'token':'PLAIN','expirationTimestamp':'x'}}"));
        JsonNode token = JSON.readTree(redacted(issued));
        assertThat(token.toString()).doesNotContain(PLAIN);
        assertThat(token.at("/responseObject/status/expirationTimestamp").asText())
                .isEqualTo("x");
        String reviewed = event("create", 201, "tokenreviews", "authentication.k8s.io", "")
                .replace(
                        "\"BODIES\"",
                        text("'requestObject':{'spec':{'token':'PLAIN'}},'responseObject':{'spec':{'token':'PLAIN'}}"));
        JsonNode review = JSON.readTree(redacted(reviewed));
        assertThat(review.toString()).doesNotContain(PLAIN);
        assertThat(review.at("/requestObject/spec/token"))
                .isEqualTo(review.at("/responseObject/spec/token"))
                .isEqualTo(token.at("/responseObject/status/token"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'kind':'ConfigMap','data':{'a':'PLAIN','b':'PLAIN'}}",
                "{'kind':'ConfigMapList','items':[{'data':{'a':'PLAIN'}}]}",
                "{'metadata':{'annotations':{'kubectl.kubernetes.io/last-applied-configuration':'PLAIN'}}}",
                "[{'op':'add','path':'/data/a','value':'PLAIN'}]",
                "[{'op':'add','path':'/data','value':{'a':'PLAIN'}}]",
                "[{'op':'add','path':'','value':{'data':{'a':'PLAIN'}}}]",
                "[{'op':'add','path':'/metadata/annotations','value':"
                        + "{'kubectl.kubernetes.io/last-applied-configuration':'PLAIN'}}]"
            })
    void redactsFurtherPathsInObjectsListsAndPatches(String body) {
        String event = event("patch", 200, "configmaps", "", "").replace("\"BODIES\"", text("'requestObject':" + body));
        Redaction further = new Redaction(
                new RedactionHash(new byte[32]),
                List.of(RedactionRule.parse("configmaps:/data/*")),
                AuditLimits.DEFAULT);
        assertThat(redacted(further, event)).doesNotContain(PLAIN).contains(RedactionHash.PREFIX);
        assertThat(redacted(event)).isEqualTo(event);
    }

    @Test
    void passesEventsWithoutARuleByteForByte() {
        for (String line : Samples.lines()) {
            if (!line.contains("\"resource\":\"secrets\"") && !line.contains("\"token\"")) {
                assertThat(redacted(line)).isEqualTo(line);
            }
        }
    }

    @Test
    void keepsNumbersOfRedactedEventsAsTheyWere() {
        String event = secretEvent("create", 201, null, null, "")
                .replace("\"code\":201", "\"code\":201,\"x\":[1.50,12345678901234567890,1e400]");
        assertThat(redacted(event)).contains("[1.50,12345678901234567890,1E+400]");
    }

    @Test
    void readsRulesAndRefusesWhatIsNone() {
        assertThat(RedactionRule.parse("deployments/scale.apps:/spec/a~1b/*"))
                .isEqualTo(new RedactionRule("deployments", "scale", "apps", List.of("spec", "a/b", "*")));
        Stream.of("configmaps", "configmaps:data", ":/data", "configmaps:/")
                .forEach(text -> assertThatThrownBy(() -> RedactionRule.parse(text))
                        .hasMessageContaining("expected resource[/subresource][.group]:/path"));
    }

    private static Redaction redaction(byte[] key) {
        return new Redaction(new RedactionHash(key), List.of(), AuditLimits.DEFAULT);
    }

    private String redacted(String event) {
        return redacted(redaction, event);
    }

    private String redacted(Redaction with, String event) {
        AuditItem item = (AuditItem) reader.readLine(Samples.bytes(event), Samples.NOW_MICROS);
        return new String(with.redact(item).toBytes(), StandardCharsets.UTF_8);
    }

    private static String secretEvent(String verb, int code, String request, String response, String message) {
        String bodies = Stream.of(
                        request == null ? null : "\"requestObject\":" + request,
                        response == null ? null : "\"responseObject\":" + response)
                .filter(java.util.Objects::nonNull)
                .collect(java.util.stream.Collectors.joining(","));
        return event(verb, code, "secrets", "", "")
                .replace(bodies.isEmpty() ? "\"BODIES\"," : "\"BODIES\"", bodies)
                .replace("\"MESSAGE\"", '"' + message.replace("PLAIN", PLAIN) + '"');
    }

    private static String event(String verb, int code, String resource, String group, String subresource) {
        return text("{'kind':'Event','apiVersion':'audit.k8s.io/v1','auditID':'a','stage':'ResponseComplete',"
                + "'requestURI':'/x','verb':'" + verb + "','user':{'username':'dave'},'objectRef':{'resource':'"
                + resource
                + "','namespace':'shop','name':'db','apiGroup':'" + group + "','subresource':'" + subresource + "'},"
                + "'responseStatus':{'code':" + code + ",'message':'MESSAGE'},'BODIES',"
                + "'requestReceivedTimestamp':'2026-11-23T08:17:47.079384Z','stageTimestamp':'2026-11-23T08:17:47.081000Z',"
                + "'annotations':{'authorization.k8s.io/decision':'allow'}}");
    }

    private static String text(String json) {
        return json.replace("\\'", "\\\"")
                .replace('\'', '"')
                .replace("PLAIN", PLAIN)
                .replace("BASE64", BASE64);
    }
}
