package io.tidemark.ingest.audit;

/** Why a list, a line or an event was refused. The names are part of the API: topic, answers and docs carry them. */
public enum RejectReason {
    /** The text is no JSON. */
    MALFORMED_JSON("The text is not JSON: correct or drop the bytes at the position named."),
    /** The JSON ends before it is complete. */
    TRUNCATED_JSON("The JSON stops before its end: send the rest, or check what cut the file or the request short."),
    /** The bytes are no UTF-8. */
    NOT_UTF8("JSON is UTF-8: convert the file, or drop the line that holds the bytes named."),
    /** Objects and arrays are nested deeper than the limit. */
    TOO_DEEP("Drop the event, or raise audit.limit.depth."),
    /** More items in a list than the limit. */
    TOO_MANY_EVENTS(
            "Send smaller lists (kube-apiserver: --audit-webhook-batch-max-size), or raise audit.limit.events."),
    /** An event, or a line, larger than the limit. */
    TOO_LARGE("Let the API server cut bodies (--audit-webhook-truncate-enabled or --audit-log-truncate-enabled),"
            + " record this resource at level Metadata, or raise audit.limit.event.bytes."),
    /** A field that every audit event has is missing or empty. */
    MISSING_FIELD("Send events as kube-apiserver wrote them."),
    /** A field holds another JSON type than the API says. */
    WRONG_TYPE("Send events as kube-apiserver wrote them."),
    /** Neither an EventList nor an Event. */
    WRONG_KIND("Lists of audit events go to the webhook door, files with one event a line to the upload door."),
    /** A version of audit.k8s.io other than v1. */
    UNSUPPORTED_VERSION("Let the API server write audit.k8s.io/v1: the only version since Kubernetes 1.24; before that,"
            + " --audit-webhook-version or --audit-log-version."),
    /** A stage that the API does not have. */
    UNKNOWN_STAGE("Send events as kube-apiserver wrote them."),
    /** A time that is not RFC 3339. */
    UNREADABLE_TIME("Send events as kube-apiserver wrote them."),
    /** A time before audit existed, after now, or a stage long before its request. */
    ABSURD_TIME("Set the clock of the API server, or that of this machine.");

    private final String advice;

    RejectReason(String advice) {
        this.advice = advice;
    }

    /** What to do about it, one sentence. */
    public String advice() {
        return advice;
    }
}
