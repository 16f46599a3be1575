package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.tests.conformance.Alterations.Altered;
import io.tidemark.tests.conformance.Reply.Refused;
import io.tidemark.tests.conformance.Reply.Replied;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The comparison sees what it is there to see. */
class ReplayTest {
    private static List<Transcript> transcripts;

    @BeforeAll
    static void read() throws IOException {
        transcripts = TranscriptFile.readAll(TranscriptFile.FOLDER);
    }

    @Test
    void findsNoDifferenceInTheRecordingItself() {
        for (Transcript transcript : transcripts) {
            assertThat(Replay.differences(transcript, new RecordedEndpoint(transcript)))
                    .isEmpty();
        }
    }

    @Test
    void namesRequestFieldExpectedAndFoundOfOneAlteredByte() throws InvalidProtocolBufferException {
        Transcript transcript = named("put/versions");
        Reply told = transcript.exchanges().get(3).reply();
        RangeResponse answer =
                RangeResponse.parseFrom(((Replied) told).message().toByteString());
        RangeResponse.Builder altered = answer.toBuilder();
        altered.getKvsBuilder(0).setValue(ByteString.copyFromUtf8("3"));

        List<Difference> differences =
                Replay.differences(transcript, new RecordedEndpoint(with(transcript, 3, new Replied(altered.build()))));

        assertThat(differences).singleElement().satisfies(difference -> {
            assertThat(difference.program()).isEqualTo("put/versions");
            assertThat(difference.request()).isEqualTo(4);
            assertThat(difference.field()).isEqualTo("kvs[0].value");
            assertThat(difference.expected()).isEqualTo("\"2\"");
            assertThat(difference.found()).isEqualTo("\"3\"");
            assertThat(difference).hasToString("""
                    put/versions, request 4: etcdserverpb.KV/Range {key: "a"}
                        kvs[0].value: expected "2", found "3\"""");
        });
    }

    @Test
    void findsEveryAlterationOfEveryRecordedMessage() {
        int alterations = 0;
        for (Transcript transcript : transcripts) {
            // long, and of the same fields as the watches that were written by hand
            boolean likeOthers = transcript.name().startsWith("watch/seed");
            for (Exchange exchange : likeOthers ? List.<Exchange>of() : transcript.exchanges()) {
                if (exchange.reply() instanceof Replied replied) {
                    alterations += findsEveryAlteration(exchange.call(), replied.message());
                }
            }
        }
        assertThat(alterations).isGreaterThan(100_000);
    }

    private static int findsEveryAlteration(Call call, Message message) {
        List<Altered> all = Alterations.of(message);
        for (Altered altered : all) {
            List<FieldDifference> differences = FieldDifference.between(message, altered.message());
            assertThat(differences)
                    .as("%s of the answer to %s", altered.path(), call)
                    .extracting(FieldDifference::path)
                    .contains(altered.path());
        }
        return all.size();
    }

    @Test
    void findsAnotherRefusalInItsPlaceAndNoneWhereOneBelongs() {
        Transcript transcript = named("compact/twice");
        Refused told = new Refused(Status.Code.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted");
        assertThat(transcript.exchanges().get(5).reply()).isEqualTo(told);
        Reply success = transcript.exchanges().get(4).reply();
        List<Reply> others = List.of(
                new Refused(Status.Code.INVALID_ARGUMENT, told.text()),
                new Refused(told.code(), told.text() + " "),
                new Refused(told.code(), ""),
                success);

        List<String> found = new ArrayList<>();
        for (Reply other : others) {
            List<Difference> differences =
                    Replay.differences(transcript, new RecordedEndpoint(with(transcript, 5, other)));
            assertThat(differences).singleElement().satisfies(difference -> {
                assertThat(difference.request()).isEqualTo(6);
                assertThat(difference.field()).isEqualTo("status");
                assertThat(difference.expected()).contains("OUT_OF_RANGE", told.text());
            });
            found.add(differences.getFirst().found());
        }
        assertThat(found).doesNotHaveDuplicates();
    }

    @Test
    void findsDifferencesInEveryProgramForOneThatAlwaysSaysTheSame() {
        for (Transcript transcript : transcripts) {
            assertThat(Replay.differences(transcript, (method, request) -> new Answer.Bytes(new byte[0])))
                    .as(transcript.name())
                    .isNotEmpty();
            assertThat(Replay.differences(
                            transcript, (method, request) -> new Answer.Refusal(Status.Code.UNIMPLEMENTED, "")))
                    .as(transcript.name())
                    .hasSize(transcript.exchanges().size());
        }
    }

    private static Transcript named(String name) {
        return transcripts.stream()
                .filter(transcript -> transcript.name().equals(name))
                .findAny()
                .orElseThrow();
    }

    private static Transcript with(Transcript transcript, int index, Reply reply) {
        List<Exchange> exchanges = new ArrayList<>(transcript.exchanges());
        exchanges.set(index, new Exchange(exchanges.get(index).call(), reply));
        return new Transcript(transcript.name(), transcript.shows(), exchanges);
    }
}
