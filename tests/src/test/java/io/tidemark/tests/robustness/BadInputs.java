package io.tidemark.tests.robustness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The bad input of docs/reference/bad-input.md with the answers that the webhook gives. */
final class BadInputs {
    /** They go to a cluster of their own, so that what is accepted of them stays out of the way. */
    static final String CLUSTER = "bad-input";

    static final String GOOD =
            "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\",\"auditID\":\"id-1\","
                    + "\"stage\":\"ResponseComplete\",\"requestURI\":\"/api/v1/namespaces/n/pods/p\",\"verb\":\"get\","
                    + "\"user\":{\"username\":\"u\"},\"objectRef\":{\"resource\":\"pods\",\"namespace\":\"n\",\"name\":\"p\"},"
                    + "\"requestReceivedTimestamp\":\"2026-11-23T08:17:47.079384Z\","
                    + "\"stageTimestamp\":\"2026-11-23T08:17:47.081000Z\"}";

    private static final String OPEN = "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[";
    private static final int BODY_LIMIT = 20 << 20;
    private static final String SMALLER =
            " Send smaller lists (kube-apiserver: --audit-webhook-batch-max-size), or raise ";

    private BadInputs() {}

    static final List<BadInput> ALL = Stream.of(unreadable(), otherKinds(), sizes(), gzip(), requests(), BadEvents.ALL)
            .flatMap(List::stream)
            .toList();

    static String list(String... events) {
        return "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":[" + String.join(",", events)
                + "]}";
    }

    private static List<BadInput> unreadable() {
        String stops =
                ". The JSON stops before its end: send the rest, or check what cut the file or the request short.";
        int cut = OPEN.length() + 100;
        return List.of(
                malformed(),
                BadInput.list(
                        "truncated JSON",
                        (OPEN + GOOD).substring(0, cut),
                        400,
                        unreadable(
                                "the JSON stops in items[0] at " + at(cut) + stops, "TRUNCATED_JSON", cut, "items[0]")),
                BadInput.list("empty body", "", 400, unreadable("the text is empty" + stops, "TRUNCATED_JSON", 0, "")),
                notUtf8(),
                deep());
    }

    private static BadInput malformed() {
        String text = OPEN + GOOD + ",{\"a\":}]}";
        int at = text.indexOf(":}") + 1;
        String detail = "malformed JSON in items[1]: byte 0x7d at " + at(at)
                + ". The text is not JSON: correct or drop the bytes at the position named.";
        return BadInput.list("malformed JSON", text, 400, unreadable(detail, "MALFORMED_JSON", at, "items[1]"));
    }

    private static BadInput notUtf8() {
        String text = list(GOOD.replace("\"u\"", "\"gr\u00fcn\""));
        int at = text.indexOf('\u00fc');
        String detail = "the text is not UTF-8: byte 0xfc at " + at(at)
                + ". JSON is UTF-8: convert the file, or drop the line that holds the bytes named.";
        return BadInput.list(
                "not UTF-8", text.getBytes(StandardCharsets.ISO_8859_1), 400, unreadable(detail, "NOT_UTF8", at, ""));
    }

    private static BadInput deep() {
        String text = OPEN + "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}]}";
        int at = OPEN.length() + "{\"a\":".length() + 200;
        String detail = "nested too deeply, or a name or number too long, in items[0] at " + at(at)
                + ". Drop the event, or raise audit.limit.depth.";
        return BadInput.list("deep nesting", text, 400, unreadable(detail, "TOO_DEEP", at, "items[0]"));
    }

    private static List<BadInput> otherKinds() {
        return List.of(
                BadInput.list(
                        "another kind of list",
                        "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"items\":[]}",
                        400,
                        notAList(
                                "kind: expected EventList, found \\\"PodList\\\". Lists of audit events go to the webhook"
                                        + " door, files with one event a line to the upload door.",
                                "WRONG_KIND",
                                "kind")),
                BadInput.list(
                        "v1beta1",
                        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1beta1\",\"items\":[]}",
                        400,
                        notAList(
                                "apiVersion: expected audit.k8s.io/v1, found \\\"audit.k8s.io/v1beta1\\\". Let the API"
                                        + " server write audit.k8s.io/v1: the only version since Kubernetes 1.24; before"
                                        + " that, --audit-webhook-version or --audit-log-version.",
                                "UNSUPPORTED_VERSION",
                                "apiVersion")),
                BadInput.list(
                        "no items",
                        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\"}",
                        400,
                        notAList(
                                "items: expected an array, found nothing. Send events as kube-apiserver wrote them.",
                                "MISSING_FIELD",
                                "items")));
    }

    private static List<BadInput> sizes() {
        byte[] tooLarge = new byte[BODY_LIMIT + 1];
        Arrays.fill(tooLarge, (byte) ' ');
        return List.of(
                BadInput.list(
                        "10,000 events",
                        list(Collections.nCopies(10_000, GOOD).toArray(String[]::new)),
                        200,
                        "{\"accepted\":10000,\"rejected\":0}"),
                BadInput.list(
                        "10,001 events",
                        list(Collections.nCopies(10_001, GOOD).toArray(String[]::new)),
                        413,
                        problem(
                                413,
                                "Too many events",
                                "items: the list has more than 10000 events, the limit." + SMALLER
                                        + "audit.limit.events.",
                                ",\"reason\":\"TOO_MANY_EVENTS\",\"field\":\"items\",\"position\":" + position(0))),
                BadInput.list(
                        "a body above the limit",
                        tooLarge,
                        413,
                        problem(
                                413,
                                "Body too large",
                                "The body has " + tooLarge.length + " bytes, the limit is " + BODY_LIMIT + "." + SMALLER
                                        + "audit.limit.body.bytes.",
                                "")));
    }

    private static List<BadInput> gzip() {
        byte[] packed = pack(list(GOOD).getBytes(StandardCharsets.UTF_8));
        String bombed = "The body has, unpacked, more than " + BODY_LIMIT + " bytes, the limit is " + BODY_LIMIT + "."
                + SMALLER + "audit.limit.body.bytes.";
        return List.of(
                packed("gzip bomb", bomb(), 413, problem(413, "Body too large", bombed, "")),
                packed(
                        "truncated gzip",
                        Arrays.copyOf(packed, packed.length / 2),
                        400,
                        problem(400, "Broken gzip", "the gzip stream stops before its end: it was cut short.", "")),
                packed(
                        "no gzip",
                        list(GOOD).getBytes(StandardCharsets.UTF_8),
                        400,
                        problem(
                                400,
                                "Broken gzip",
                                "the body is not a gzip stream, though Content-Encoding says so, or is damaged.",
                                "")));
    }

    private static BadInput packed(String name, byte[] body, int status, String answer) {
        return BadInput.list(name, body, status, answer).withHeader("Content-Encoding", "gzip");
    }

    private static List<BadInput> requests() {
        BadInput good = BadInput.list("", list(GOOD), 0, "{}");
        return List.of(
                new BadInput(
                        "wrong method",
                        "PUT",
                        good.path(),
                        good.sent(),
                        good.body(),
                        405,
                        problem(405, "Method not allowed", "Audit events are sent by POST, not PUT.", ""),
                        Map.of("allow", "POST"),
                        List.of()),
                new BadInput(
                        "wrong content type",
                        "POST",
                        good.path(),
                        Map.of("Content-Type", "text/plain"),
                        good.body(),
                        415,
                        problem(415, "Unsupported media type", "Content-Type: expected application/json.", ""),
                        Map.of(),
                        List.of()),
                BadInput.list(
                                "wrong encoding",
                                list(GOOD),
                                415,
                                problem(
                                        415,
                                        "Unsupported content encoding",
                                        "Content-Encoding: expected gzip or none.",
                                        ""))
                        .withHeader("Content-Encoding", "br"));
    }

    private static String unreadable(String detail, String reason, int at, String field) {
        String more = ",\"reason\":\"" + reason + "\",\"position\":" + position(at)
                + (field.isEmpty() ? "" : ",\"field\":\"" + field + "\"");
        return problem(400, "Unreadable audit list", detail, more);
    }

    private static String notAList(String detail, String reason, String field) {
        return problem(
                400,
                "Not an audit.k8s.io/v1 EventList",
                detail,
                ",\"reason\":\"" + reason + "\",\"field\":\"" + field + "\",\"position\":" + position(0));
    }

    private static String problem(int status, String title, String detail, String more) {
        return "{\"type\":\"about:blank\",\"title\":\"" + title + "\",\"status\":" + status + ",\"detail\":\"" + detail
                + "\"" + more + "}";
    }

    private static String position(int at) {
        return "{\"byte\":" + at + ",\"line\":1,\"column\":" + (at + 1) + "}";
    }

    private static String at(int at) {
        return "byte " + at + " (line 1, column " + (at + 1) + ")";
    }

    /** A GiB of zeros in a MiB. */
    private static byte[] bomb() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] zeros = new byte[1 << 20];
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 1 << 16)) {
            for (int i = 0; i < 1_024; i++) {
                gzip.write(zeros);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] pack(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
