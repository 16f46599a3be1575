package io.tidemark.ingest.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditReaderTest {
    private final AuditReader reader = new AuditReader(AuditLimits.DEFAULT);

    @Test
    void givesEachRecordedEventByteForByteWithItsIdentity() throws Exception {
        List<String> lines = Samples.lines();
        AuditBatch batch = reader.readList(Samples.bytes(Samples.list(lines)), Samples.NOW_MICROS);

        assertThat(batch.rejected()).isEmpty();
        assertThat(batch.items()).hasSameSizeAs(lines);
        ObjectMapper json = new ObjectMapper();
        for (int i = 0; i < lines.size(); i++) {
            AuditItem item = batch.items().get(i);
            JsonNode event = json.readTree(lines.get(i));
            assertThat(item.bytes().toBytes()).isEqualTo(lines.get(i).getBytes(StandardCharsets.UTF_8));
            assertThat(item.position()).isEqualTo("items[" + i + "]");
            assertThat(item.auditId()).isEqualTo(event.path("auditID").asText());
            assertThat(item.verb()).isEqualTo(event.path("verb").asText());
            assertThat(AuditTimes.format(item.receivedMicros()))
                    .startsWith(event.path("requestReceivedTimestamp").asText().replaceAll("0*Z$", ""));
            assertThat(item.object().resource())
                    .isEqualTo(event.at("/objectRef/resource").asText());
            assertThat(item.object().group())
                    .isEqualTo(event.at("/objectRef/apiGroup").asText());
            assertThat(item.object().subresource())
                    .isEqualTo(event.at("/objectRef/subresource").asText());
            if (event.at("/objectRef").has("name")) {
                assertThat(item.object().name())
                        .isEqualTo(event.at("/objectRef/name").asText());
            }
        }
    }

    @Test
    void readsALineAsItReadsTheSameEventInAList() throws Exception {
        for (String line : Samples.lines()) {
            ReadItem alone = reader.readLine(Samples.bytes(line), Samples.NOW_MICROS);
            AuditItem listed = reader.readList(Samples.bytes(Samples.list(List.of(line))), Samples.NOW_MICROS)
                    .items()
                    .getFirst();
            assertThat(alone)
                    .usingRecursiveComparison()
                    .ignoringFields("position", "bytes")
                    .isEqualTo(listed);
            assertThat(((AuditItem) alone).bytes()).isEqualTo(listed.bytes());
        }
    }

    @Test
    void takesTheNameOfANamelessCreateFromTheObjectInTheAnswer() {
        String create = Samples.with("\"verb\":\"get\"", "\"verb\":\"create\"").replace("\"name\":\"p\",", "");
        String answered = create.replace(
                "\"requestReceivedTimestamp\"",
                "\"responseObject\":{\"kind\":\"Pod\",\"metadata\":{\"generateName\":\"p-\",\"name\":\"p-x1\"},"
                        + "\"spec\":{\"name\":\"no\"}},\"requestReceivedTimestamp\"");
        assertThat(name(answered)).isEqualTo("p-x1");
        assertThat(name(answered.replace("\"kind\":\"Pod\"", "\"kind\":\"Status\"")))
                .isEmpty();
        assertThat(name(create)).isEmpty();
        assertThat(name(answered.replace("\"verb\":\"create\"", "\"verb\":\"list\"")))
                .isEmpty();
    }

    @Test
    void doesNotDependOnTheOrderOfMembers() {
        String event = """
                {"responseObject":{"metadata":{"name":"p-x1"},"kind":"Pod"},"stageTimestamp":"2026-11-23T08:17:47.081Z",
                "requestReceivedTimestamp":"2026-11-23T09:17:47.079384+01:00","objectRef":{"resource":"pods"},
                "verb":"create","requestURI":"/x","stage":"Panic","auditID":"a","apiVersion":"audit.k8s.io/v1","kind":"Event"}""";
        AuditItem item = (AuditItem) reader.readLine(Samples.bytes(event), Samples.NOW_MICROS);
        assertThat(item.object()).isEqualTo(new ObjectRef("", "pods", "", "p-x1", ""));
        assertThat(item.stageMicros() - item.receivedMicros()).isEqualTo(1_616);
    }

    @Test
    void keepsTheRestOfAListWhenOneEventIsBad() throws Exception {
        String bad = Samples.with("ResponseComplete", "Done");
        AuditBatch batch = reader.readList(
                Samples.bytes(Samples.list(List.of(Samples.EVENT, bad, "17", Samples.EVENT))), Samples.NOW_MICROS);
        assertThat(batch.items()).extracting(AuditItem::position).containsExactly("items[0]", "items[3]");
        assertThat(batch.rejected())
                .extracting(RejectedItem::position, RejectedItem::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("items[1]", RejectReason.UNKNOWN_STAGE),
                        org.assertj.core.groups.Tuple.tuple("items[2]", RejectReason.WRONG_TYPE));
    }

    @Test
    void readsListsWithByteOrderMarkAndEmptyLists() throws Exception {
        AuditBatch marked =
                reader.readList(Samples.bytes("\ufeff" + Samples.list(List.of(Samples.EVENT))), Samples.NOW_MICROS);
        assertThat(new String(marked.items().getFirst().bytes().toBytes(), StandardCharsets.UTF_8))
                .isEqualTo(Samples.EVENT);
        assertThat(reader.readList(Samples.bytes(Samples.list(List.of())), Samples.NOW_MICROS)
                        .items())
                .isEmpty();
    }

    @Test
    void namesThePlaceOfMalformedJsonWithinTheList() {
        String text = Samples.list(List.of(Samples.EVENT, "{\"a\":}"));
        UnreadableListException failure = catchThrowableOfType(
                UnreadableListException.class, () -> reader.readList(Samples.bytes(text), Samples.NOW_MICROS));
        assertThat(failure.field()).isEqualTo("items[1]");
        assertThat(failure.position().byteOffset()).isEqualTo(text.indexOf(":}]") + 1);
        assertThat(failure).hasMessageContaining("byte 0x7d");
    }

    @Test
    void neverQuotesTheTextItCouldNotRead() {
        RejectedItem refused = (RejectedItem) reader.readLine(Samples.bytes("{\"data\":hunter2}"), Samples.NOW_MICROS);
        assertThat(refused.message()).doesNotContain("hunter2");
    }

    private String name(String event) {
        return ((AuditItem) reader.readLine(Samples.bytes(event), Samples.NOW_MICROS))
                .object()
                .name();
    }
}
