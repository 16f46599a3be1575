package io.tidemark.audit.fact;

import java.util.Set;

/** What an audit event is to the tracer: the first question asked about it, answered without reading its body. */
public enum Scope {
    /** A request that may change an object, or a session on one: exec, attach, port-forward, proxy, reading of logs. */
    REQUEST,
    /** A write of a Kubernetes Event: it tells of the Event's subject. */
    EVENT,
    /** A read: get, list, watch and the like. */
    READ,
    /** A node's or leader's lease renewal. */
    LEASE,
    /** A question to the API server that stores nothing, such as a SubjectAccessReview. */
    REVIEW,
    /** A stage that says nothing yet, a request to no resource, or an Event deletion. */
    NOTHING_TO_TELL;

    private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete", "deletecollection");
    private static final Set<String> SESSIONS = Set.of("exec", "attach", "portforward", "proxy", "log");
    private static final Set<String> REVIEWS = Set.of("authorization.k8s.io", "authentication.k8s.io");

    static Scope of(String verb, String stage, String group, String resource, String subresource) {
        if (resource.isEmpty() || stage.equals("RequestReceived")) {
            return NOTHING_TO_TELL;
        }
        boolean session = isSession(subresource);
        if (!session && !WRITES.contains(verb)) {
            return READ;
        }
        if (!session && stage.equals("ResponseStarted")) {
            return NOTHING_TO_TELL;
        }
        if (resource.equals("events") && (group.isEmpty() || group.equals("events.k8s.io"))) {
            return verb.startsWith("delete") ? NOTHING_TO_TELL : EVENT;
        }
        if (group.equals("coordination.k8s.io") && resource.equals("leases")) {
            return LEASE;
        }
        return REVIEWS.contains(group) && resource.endsWith("reviews") ? REVIEW : REQUEST;
    }

    /** Whether requests on a subresource reach into what runs rather than into the store. */
    static boolean isSession(String subresource) {
        return SESSIONS.contains(subresource);
    }
}
