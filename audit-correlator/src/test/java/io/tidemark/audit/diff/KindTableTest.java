package io.tidemark.audit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.audit.diff.KindTable.Resource;
import org.junit.jupiter.api.Test;

class KindTableTest {
    @Test
    void knowsPluralAndScopeOfBuiltInKinds() {
        assertThat(KindTable.resourceOf("apps/v1", "ReplicaSet"))
                .contains(new Resource("apps", "v1", "ReplicaSet", "replicasets", true));
        assertThat(KindTable.resourceOf("v1", "Endpoints"))
                .contains(new Resource("", "v1", "Endpoints", "endpoints", true));
        assertThat(KindTable.resourceOf("v1", "Node")).contains(new Resource("", "v1", "Node", "nodes", false));
        assertThat(KindTable.resourceOf("networking.k8s.io/v1", "NetworkPolicy"))
                .contains(new Resource("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", true));
    }

    @Test
    void answersUnknownVersionByAnotherOfTheSameGroup() {
        assertThat(KindTable.resourceOf("apps/v1beta2", "Deployment"))
                .contains(new Resource("apps", "v1", "Deployment", "deployments", true));
    }

    @Test
    void hasNoCustomResources() {
        assertThat(KindTable.resourceOf("ops.example.com/v1", "BackupRequest")).isEmpty();
        assertThat(KindTable.resourceOf("", "")).isEmpty();
    }
}
