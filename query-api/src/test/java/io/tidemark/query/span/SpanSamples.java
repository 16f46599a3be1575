package io.tidemark.query.span;

import static io.tidemark.query.span.SpanBuilders.at;
import static io.tidemark.query.span.SpanBuilders.change;
import static io.tidemark.query.span.SpanBuilders.deployment;
import static io.tidemark.query.span.SpanBuilders.event;
import static io.tidemark.query.span.SpanBuilders.identity;
import static io.tidemark.query.span.SpanBuilders.item;
import static io.tidemark.query.span.SpanBuilders.late;
import static io.tidemark.query.span.SpanBuilders.object;
import static io.tidemark.query.span.SpanBuilders.ownedBy;
import static io.tidemark.query.span.SpanBuilders.phase;
import static io.tidemark.query.span.SpanBuilders.pod;
import static io.tidemark.query.span.SpanBuilders.replicaSet;
import static io.tidemark.query.span.SpanBuilders.request;

import io.tidemark.schema.audit.Effect;
import io.tidemark.schema.audit.ObjectIdentity;
import io.tidemark.schema.audit.Span;
import java.util.List;

/** A small rollout with a span of every kind. */
public final class SpanSamples {
    public static final ObjectIdentity NODE = identity("nodes", "Node", "", "node-1");

    /** The node as a kubelet names it: by kind and name, with its name in the place of the uid. */
    public static final ObjectIdentity NODE_BY_NAME = ObjectIdentity.newBuilder(identity("", "Node", "", "node-1"))
            .setUid("node-1")
            .build();

    private SpanSamples() {}

    public static List<Span> all() {
        Span scale = request(
                "scale",
                deployment("web"),
                10,
                r -> r.setVerb("patch")
                        .setSubresource("scale")
                        .setUser("erin")
                        .setImpersonated("alice")
                        .setChanges(List.of(
                                change("spec.replicas", "3", "{\"deep\":[1]}"), change("x", "not json", null))));
        return List.of(
                object(deployment("web"), 1, s -> {}),
                ownedBy(object(replicaSet("web-1"), 2, s -> {}), deployment("web")),
                ownedBy(object(pod("web-1-a"), 3, s -> s.setEndMicros(at(30))), replicaSet("web-1")),
                ownedBy(object(pod("web-1-b"), 3, s -> {}), replicaSet("web-1")),
                object(NODE, 0, s -> {}),
                request(
                        "create",
                        deployment("web"),
                        1,
                        r -> r.setVerb("create").setEffect(Effect.CREATED).setCode(201)),
                scale,
                phase("etcd", scale),
                request(
                        "conflict",
                        deployment("web"),
                        11,
                        r -> r.setCode(409)
                                .setReason("Conflict")
                                .setMessage("the object has been modified")
                                .setEffect(Effect.FAILED)),
                request("meta", pod("web-1-a"), 12, r -> r.setLevel("Metadata").setTruncated(true)),
                item("sweep", pod("web-1-a"), 29),
                event("pulled", pod("web-1-b"), 15, "Pulled", "image pulled"),
                event("notready", NODE_BY_NAME, 20, "NodeNotReady", "node-1 stopped posting status"),
                late(request("straggler", pod("web-1-b"), 16, r -> {})));
    }
}
