package io.tidemark.watch.topic;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tidemark.revision.encoding.Micros;
import io.tidemark.revision.machine.Refusal;
import io.tidemark.revision.store.RevisionTime;
import io.tidemark.watch.view.BadParameterException;
import io.tidemark.watch.view.EventText;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no topic, or none any more: a problem document of RFC 9457.
 *
 * @param more members of its own
 */
record Problem(int status, String title, String detail, EventText.Members more) {
    private static final EventText.Members NOTHING = json -> {};

    static Problem badParameter(BadParameterException bad) {
        return new Problem(
                400,
                "Invalid parameter",
                String.valueOf(bad.getMessage()),
                json -> json.writeStringField("field", bad.parameter()));
    }

    static Problem noKeyspace(String name, Collection<String> all) {
        return new Problem(
                404, "Not found", "there is no keyspace '" + name + "'; there are: " + String.join(", ", all), json -> {
                    json.writeArrayFieldStart("keyspaces");
                    for (String each : all) {
                        json.writeString(each);
                    }
                    json.writeEndArray();
                });
    }

    static Problem compacted(long compacted) {
        return new Problem(
                410,
                "Compacted",
                "what was to be told first was compacted at revision " + compacted
                        + "; begin with since=oldest, or read the keys and begin with the revision of the answer",
                json -> {
                    json.writeNumberField("compacted", compacted);
                    json.writeNumberField("oldest", compacted);
                });
    }

    static Problem tooLarge(long revision) {
        return new Problem(
                413,
                "Too large",
                "revision " + revision
                        + " wrote more to these keys than is told at once (watch.history.revision.bytes);"
                        + " watch fewer of them, or begin behind it",
                json -> json.writeNumberField("revision", revision));
    }

    /** @param oldest that can be read and whose time is known; null when there is none */
    static Problem compacted(Instant moment, long compacted, @Nullable RevisionTime oldest) {
        String of = oldest == null ? "" : ", and revision " + oldest.revision() + " of " + Micros.at(oldest.micros());
        return new Problem(
                410,
                "Compacted",
                "what was written right after " + moment + " was compacted: the oldest that is there is revision "
                        + compacted + of + "; begin with since=oldest, or a later time",
                json -> {
                    json.writeNumberField("compacted", compacted);
                    json.writeNumberField("oldest", compacted);
                    if (oldest != null) {
                        json.writeStringField("oldestTime", String.valueOf(Micros.at(oldest.micros())));
                    }
                });
    }

    static Problem tooManyReads() {
        return new Problem(503, "Too busy", "too much waits to be read; try again later", NOTHING);
    }

    static Problem unread() {
        return new Problem(
                503, "Not available", "what was written could not be read; the log of the server tells why", NOTHING);
    }

    static Problem tooMany(int most) {
        return new Problem(
                503, "Too busy", "all " + most + " watch topics of this keyspace are taken; try again later", NOTHING);
    }

    static Problem away(String keyspace) {
        return new Problem(
                503,
                "Not available",
                "keyspace '" + keyspace + "' is not served at the moment; /readyz?verbose tells why",
                NOTHING);
    }

    static Problem busy() {
        return new Problem(503, "Too busy", "too many passwords wait to be compared; try again later", NOTHING);
    }

    static Problem foreignPage(String origin) {
        return new Problem(
                403, "Forbidden", "pages of another origin may not watch keys; found '" + origin + "'", NOTHING);
    }

    static Problem closed() {
        return new Problem(
                403,
                "Forbidden",
                "the etcd port asks its clients for certificates, which this port cannot do for it, and the keyspace has no"
                        + " users; enable users (etcdctl auth enable), or let in whoever reaches this port (watch.topic.open)",
                NOTHING);
    }

    /** What there is against the user. */
    static Problem of(Refusal refusal) {
        int status = refusal == Refusal.PERMISSION_DENIED ? 403 : 401;
        return new Problem(status, status == 403 ? "Forbidden" : "Unauthorized", refusal.text(), NOTHING);
    }

    boolean isForLater() {
        return status == 503;
    }

    String json() {
        return EventText.line(this::write);
    }

    private void write(JsonGenerator json) throws IOException {
        json.writeStringField("type", "about:blank");
        json.writeStringField("title", title);
        json.writeNumberField("status", status);
        json.writeStringField("detail", detail);
        more.write(json);
    }
}
