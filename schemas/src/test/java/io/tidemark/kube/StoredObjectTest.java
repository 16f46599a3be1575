package io.tidemark.kube;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.kube.KubernetesSamples.Sample;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class StoredObjectTest {
    private static final List<Sample> SAMPLES = KubernetesSamples.read();

    @Test
    void answersWhatKubernetesAnswersForWhatKubernetesStored() {
        for (Sample sample : SAMPLES) {
            StoredObject.Decoded decoded = StoredObject.decode(sample.value()).orElseThrow();
            assertEquals(
                    new String(sample.json(), ISO_8859_1),
                    new String(decoded.json(), ISO_8859_1),
                    () -> decoded.apiVersion() + " " + decoded.kind());
        }
        assertTrue(SAMPLES.size() > 500);
    }

    @Test
    void knowsEveryKindThatKubernetesStores() {
        Set<String> met = new HashSet<>();
        for (Sample sample : SAMPLES) {
            StoredObject.Decoded decoded = StoredObject.decode(sample.value()).orElseThrow();
            met.add(decoded.apiVersion() + " " + decoded.kind());
        }
        assertEquals(new TreeSet<>(KubernetesTypes.kinds()), new TreeSet<>(met));
    }

    @Test
    void putsTheRevisionWhereKubernetesPutsIt() {
        byte[] meta = DamagedValuesTest.join(
                DamagedValuesTest.field(1, bytes("web")), DamagedValuesTest.field(3, bytes("shop")));
        byte[] pod = DamagedValuesTest.envelope("v1", "ConfigMap", DamagedValuesTest.field(1, meta));
        assertEquals(
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\","
                        + "\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\",\"resourceVersion\":\"42\"}}",
                decoded(pod, 42));
        assertEquals(
                "{\"apiVersion\":\"a/v1\",\"kind\":\"B\",\"metadata\":{\"name\":\"x\",\"resourceVersion\":\"42\",\"uid\":\"u\"}}",
                decoded(
                        bytes(
                                "{\"apiVersion\":\"a/v1\",\"kind\":\"B\", \"metadata\":{\"name\":\"x\",\"uid\":\"u\"}}\n"),
                        42));
        assertEquals(
                "{\"kind\":\"APIService\",\"apiVersion\":\"apiregistration.k8s.io/v1\","
                        + "\"metadata\":{\"name\":\"x\",\"uid\":\"u\",\"resourceVersion\":\"42\",\"creationTimestamp\":null}}",
                decoded(
                        bytes("{\"kind\":\"APIService\",\"apiVersion\":\"apiregistration.k8s.io/v1\","
                                + "\"metadata\":{\"name\":\"x\",\"uid\":\"u\",\"creationTimestamp\":null}}"),
                        42));
    }

    @Test
    void leavesAloneWhatIsNoObject() {
        for (String value :
                List.of("", "x", "{}", "[1]", "{\"kind\":\"A\"}", "{\"kind\":", "k8s:enc:aescbc:v1:key1:..")) {
            assertTrue(StoredObject.decode(bytes(value)).isEmpty(), value);
            assertTrue(StoredObject.identity(bytes(value)).isEmpty(), value);
        }
    }

    @Test
    void tellsWhichObjectItIsWithoutDecodingIt() {
        byte[] labels = DamagedValuesTest.join(
                DamagedValuesTest.field(1, bytes("app")), DamagedValuesTest.field(2, bytes("web")));
        byte[] meta = DamagedValuesTest.join(
                DamagedValuesTest.field(1, bytes("web-1")),
                DamagedValuesTest.field(3, bytes("shop")),
                DamagedValuesTest.field(11, labels));
        ObjectIdentity pod = new ObjectIdentity("apps/v1", "Deployment", "shop", "web-1", Map.of("app", "web"));
        byte[] stored = DamagedValuesTest.envelope("apps/v1", "Deployment", DamagedValuesTest.field(1, meta));
        assertEquals(pod, StoredObject.identity(stored).orElseThrow());
        byte[] json = StoredObject.decode(stored).orElseThrow().json();
        assertEquals(pod, StoredObject.identity(json).orElseThrow());
    }

    @Test
    void givesTheBytesOfKindsThatItDoesNotKnow() {
        byte[] stored = DamagedValuesTest.envelope("example.com/v1", "Thing", new byte[] {10, 0});
        assertEquals("{\"kind\":\"Thing\",\"apiVersion\":\"example.com/v1\",\"raw\":\"CgA=\"}", decoded(stored, 1));
    }

    /** Whoever writes protobuf may write a message in pieces; Kubernetes reads the fields of all. */
    @Test
    void readsAMessageThatStandsThereInPieces() {
        byte[] stored = DamagedValuesTest.envelope(
                "v1",
                "ConfigMap",
                DamagedValuesTest.join(
                        DamagedValuesTest.field(1, DamagedValuesTest.field(3, bytes("shop"))),
                        DamagedValuesTest.field(1, DamagedValuesTest.field(1, bytes("web")))));
        assertEquals(
                "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"}}",
                decoded(stored, 0));
    }

    private static String decoded(byte[] value, long revision) {
        return new String(StoredObject.decode(value, revision).orElseThrow().json(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
