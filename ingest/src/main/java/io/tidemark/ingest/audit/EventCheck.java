package io.tidemark.ingest.audit;

import io.tidemark.schema.audit.AuditStage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides whether the fields of one well-formed JSON object are those of a valid audit.k8s.io/v1 Event. */
final class EventCheck {
    static final String API_VERSION = "audit.k8s.io/v1";
    private static final long EARLIEST_MICROS = AuditTimes.parseMicros("2014-01-01T00:00:00.000000Z");
    private static final int SHOWN_CHARACTERS = 60;
    private static final int SHOWN_AUDIT_ID = 256;

    private final AuditLimits limits;
    private final long nowMicros;

    EventCheck(AuditLimits limits, long nowMicros) {
        this.limits = limits;
        this.nowMicros = nowMicros;
    }

    /**
     * Judges one event.
     *
     * @param typed whether kind and apiVersion must be there: in lines yes, in the items of a list they may be left out
     */
    ReadItem judge(EventFields f, ByteSlice bytes, String position, boolean typed) {
        if (bytes.length() > limits.eventBytes()) {
            return reject(
                    f,
                    RejectReason.TOO_LARGE,
                    "the event has " + bytes.length() + " bytes, the limit is " + limits.eventBytes(),
                    position,
                    bytes.length());
        }
        Problem problem = problemOf(f, typed);
        if (problem != null) {
            return reject(f, problem.reason, problem.message, position, bytes.length());
        }
        AuditStage stage = stageOf(text(f.stage));
        if (stage == null) {
            String message = "stage: expected RequestReceived, ResponseStarted, ResponseComplete or Panic, found "
                    + shown(f.stage);
            return reject(f, RejectReason.UNKNOWN_STAGE, message, position, bytes.length());
        }
        long received = AuditTimes.parseMicros(text(f.received));
        long staged = AuditTimes.parseMicros(text(f.staged));
        problem = problemOfTimes(f, received, staged);
        if (problem != null) {
            return reject(f, problem.reason, problem.message, position, bytes.length());
        }
        return new AuditItem(bytes, text(f.auditId), stage, text(f.verb), f.object(), received, staged, position);
    }

    private @Nullable Problem problemOf(EventFields f, boolean typed) {
        if (f.wrongType != null) {
            return new Problem(RejectReason.WRONG_TYPE, f.wrongType);
        }
        Problem ofType = problemOfType(f.kind, f.apiVersion, "Event", typed);
        if (ofType != null) {
            return ofType;
        }
        String missing = isEmpty(f.auditId)
                ? "auditID"
                : isEmpty(f.stage)
                        ? "stage"
                        : isEmpty(f.requestUri)
                                ? "requestURI"
                                : isEmpty(f.verb)
                                        ? "verb"
                                        : isEmpty(f.received)
                                                ? "requestReceivedTimestamp"
                                                : isEmpty(f.staged) ? "stageTimestamp" : null;
        return missing == null
                ? null
                : new Problem(RejectReason.MISSING_FIELD, missing + ": expected a non-empty string, found nothing");
    }

    /** Whether kind and apiVersion are the ones expected. */
    static @Nullable Problem problemOfType(
            @Nullable String kind, @Nullable String apiVersion, String expectedKind, boolean typed) {
        if (isEmpty(kind) ? typed : !expectedKind.equals(kind)) {
            return new Problem(
                    isEmpty(kind) ? RejectReason.MISSING_FIELD : RejectReason.WRONG_KIND,
                    "kind: expected " + expectedKind + ", found " + shown(kind));
        }
        if (isEmpty(apiVersion) ? typed : !API_VERSION.equals(apiVersion)) {
            boolean otherVersion = apiVersion != null && apiVersion.startsWith("audit.k8s.io/");
            return new Problem(
                    isEmpty(apiVersion)
                            ? RejectReason.MISSING_FIELD
                            : otherVersion ? RejectReason.UNSUPPORTED_VERSION : RejectReason.WRONG_KIND,
                    "apiVersion: expected " + API_VERSION + ", found " + shown(apiVersion));
        }
        return null;
    }

    private @Nullable Problem problemOfTimes(EventFields f, long received, long staged) {
        if (received == AuditTimes.UNREADABLE) {
            return unreadable("requestReceivedTimestamp", f.received);
        }
        if (staged == AuditTimes.UNREADABLE) {
            return unreadable("stageTimestamp", f.staged);
        }
        Problem absurd = absurd("requestReceivedTimestamp", received);
        if (absurd == null) {
            absurd = absurd("stageTimestamp", staged);
        }
        if (absurd == null && staged < received - micros(limits.backwards())) {
            absurd = new Problem(
                    RejectReason.ABSURD_TIME,
                    "stageTimestamp: expected at most " + limits.backwards().toSeconds()
                            + " s before requestReceivedTimestamp " + AuditTimes.format(received) + ", found "
                            + AuditTimes.format(staged));
        }
        return absurd;
    }

    private @Nullable Problem absurd(String field, long micros) {
        if (micros < EARLIEST_MICROS) {
            return new Problem(
                    RejectReason.ABSURD_TIME,
                    field + ": expected a time from " + AuditTimes.format(EARLIEST_MICROS) + " on, found "
                            + AuditTimes.format(micros));
        }
        long latest = nowMicros + micros(limits.future());
        return micros <= latest
                ? null
                : new Problem(
                        RejectReason.ABSURD_TIME,
                        field + ": expected a time at most " + limits.future().toHours()
                                + " h after this machine's clock (" + AuditTimes.format(nowMicros) + "), found "
                                + AuditTimes.format(micros));
    }

    private static Problem unreadable(String field, @Nullable String found) {
        return new Problem(
                RejectReason.UNREADABLE_TIME,
                field + ": expected RFC 3339 such as 2026-11-23T08:17:47.079384Z, found " + shown(found));
    }

    private static RejectedItem reject(
            EventFields f, RejectReason reason, String message, String position, int sizeBytes) {
        String id = f.auditId;
        String shortId = id != null && id.length() > SHOWN_AUDIT_ID ? id.substring(0, SHOWN_AUDIT_ID) : id;
        return new RejectedItem(shortId, reason, message + ". " + reason.advice(), position, sizeBytes);
    }

    private static @Nullable AuditStage stageOf(String stage) {
        return switch (stage) {
            case "RequestReceived" -> AuditStage.REQUEST_RECEIVED;
            case "ResponseStarted" -> AuditStage.RESPONSE_STARTED;
            case "ResponseComplete" -> AuditStage.RESPONSE_COMPLETE;
            case "Panic" -> AuditStage.PANIC;
            default -> null;
        };
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private static String shown(@Nullable String found) {
        if (isEmpty(found)) {
            return "nothing";
        }
        String text = text(found);
        return '"' + (text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "..." : text) + '"';
    }

    private static boolean isEmpty(@Nullable String text) {
        return text == null || text.isEmpty();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** Why an event is none. */
    record Problem(RejectReason reason, String message) {
        /** The field to blame: the message begins with it. */
        String field() {
            return message.substring(0, message.indexOf(':'));
        }
    }
}
