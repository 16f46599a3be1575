package io.tidemark.tests.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.kube.StoredObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the recorded cluster's etcd holds is decoded to what its API server answered, says its audit log. */
class RecordedObjectsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Defaults that are put in when a value is read, and finalizers whose going removed the object without storing that. */
    private static final Set<String> ADDED = Set.of(
            "create batch/v1 Job /metadata/labels",
            "create v1 PersistentVolumeClaim /status/phase",
            "patch v1 ConfigMap /metadata/finalizers",
            "patch v1 ConfigMap /metadata/managedFields",
            "update v1 Namespace /spec/finalizers");

    private static final Set<String> AS_ANOTHER = Set.of(
            "apiextensions.k8s.io/v1beta1 CustomResourceDefinition as apiextensions.k8s.io/v1 CustomResourceDefinition",
            "apps/v1 Deployment as autoscaling/v1 Scale",
            "apps/v1 Deployment as meta.k8s.io/v1 PartialObjectMetadata",
            "apps/v1 ReplicaSet as meta.k8s.io/v1 PartialObjectMetadata",
            "autoscaling/v2 HorizontalPodAutoscaler as autoscaling/v1 HorizontalPodAutoscaler",
            "certificates.k8s.io/v1beta1 ClusterTrustBundle as certificates.k8s.io/v1 ClusterTrustBundle",
            "discovery.k8s.io/v1 EndpointSlice as meta.k8s.io/v1 PartialObjectMetadata",
            "v1 Event as events.k8s.io/v1 Event",
            "v1 Pod as meta.k8s.io/v1 PartialObjectMetadata");

    /** Of a deletion it is what was deleted. */
    private record Version(String key, long revision, byte[] value) {}

    private static Map<Long, List<Version>> versions() throws IOException {
        Map<Long, List<Version>> all = new HashMap<>();
        Map<String, byte[]> present = new HashMap<>();
        for (JsonNode line : AuditLog.read(ShopRecording.history())) {
            String key = line.path("key").asText();
            if (line.path("type").asText().equals("PUT")) {
                present.put(key, Base64.getDecoder().decode(line.path("value").asText()));
            }
            long revision = line.path("rev").asLong();
            all.computeIfAbsent(revision, first -> new ArrayList<>()).add(new Version(key, revision, present.get(key)));
        }
        return all;
    }

    /** As the API has it, when it is the object of a uid. */
    private static Optional<JsonNode> decoded(Version version, String uid) throws IOException {
        Optional<StoredObject.Decoded> decoded = StoredObject.decode(version.value(), version.revision());
        if (decoded.isEmpty()) {
            return Optional.empty();
        }
        JsonNode object = JSON.readTree(decoded.get().json());
        return Optional.of(object).filter(each -> uid(each).equals(uid));
    }

    private static String uid(JsonNode object) {
        return object.path("metadata").path("uid").asText();
    }

    private static String type(JsonNode object) {
        return object.path("apiVersion").asText() + " " + object.path("kind").asText();
    }

    /** Where two objects differ; lists that differ do as a whole. */
    private static void differences(String at, JsonNode one, JsonNode other, Set<String> all) {
        if (one.isObject() && other.isObject()) {
            Set<String> names = new TreeSet<>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> differences(at + "/" + name, one.path(name), other.path(name), all));
        } else if (!one.equals(other)) {
            all.add(at);
        }
    }

    @Test
    void everyVersionIsDecodedToWhatTheApiServerAnsweredOfIt() throws IOException {
        Map<Long, List<Version>> versions = versions();
        Set<Version> right = new HashSet<>();
        Set<String> added = new TreeSet<>();
        Set<String> asAnother = new TreeSet<>();
        for (JsonNode event : AuditLog.read(ShopRecording.audit())) {
            JsonNode answer = event.path("responseObject");
            if (uid(answer).isEmpty() || !event.path("stage").asText().equals("ResponseComplete")) {
                continue; // no object: a list, a status, or nothing
            }
            long revision = answer.path("metadata").path("resourceVersion").asLong();
            for (Version version : versions.getOrDefault(revision, List.of())) {
                JsonNode stored = decoded(version, uid(answer)).orElse(null);
                if (stored == null) {
                    continue; // another object of the same transaction
                }
                if (!type(stored).equals(type(answer))) {
                    asAnother.add(type(stored) + " as " + type(answer));
                } else if (stored.equals(answer)) {
                    right.add(version);
                } else {
                    differences(event.path("verb").asText() + " " + type(stored) + " ", stored, answer, added);
                }
            }
        }
        assertThat(added).as("what the API server does to an answer").isEqualTo(ADDED);
        assertThat(asAnother)
                .as("what is answered in another version than the one in which it is stored")
                .isEqualTo(AS_ANOTHER);
        assertThat(right).hasSize(6686);
    }
}
