package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.tests.conformance.Reply.Refused;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Programs and their transcripts belong together, and random programs go where they should. */
class ProgramsTest {
    private static final String ANSWERS = """
            Compact OK
            Compact required revision has been compacted
            Compact required revision is a future revision
            DeleteRange OK
            DeleteRange key is not provided
            LeaseGrant OK
            LeaseGrant lease already exists
            LeaseLeases OK
            LeaseRevoke OK
            LeaseRevoke requested lease not found
            LeaseTimeToLive OK
            Put OK
            Put key is not provided
            Put key not found
            Put lease is provided
            Put requested lease not found
            Put value is provided
            Range OK
            Range invalid sort option
            Range key is not provided
            Range required revision has been compacted
            Range required revision is a future revision
            Txn OK
            Txn duplicate key given in txn request
            Txn invalid sort option
            Txn key is not provided
            Txn key not found
            Txn lease is provided
            Txn required revision has been compacted
            Txn required revision is a future revision
            Txn requested lease not found
            Txn value is provided
            """;

    @Test
    void haveATranscriptEachThatAsksTheSame() throws IOException {
        Map<String, Program> programs =
                Programs.all().stream().collect(Collectors.toMap(Program::name, Function.identity()));
        List<Transcript> transcripts = TranscriptFile.readAll(TranscriptFile.FOLDER);

        assertThat(transcripts)
                .extracting(Transcript::name)
                .as("a program without transcript, or the other way round: docs/internals/etcd-conformance.md")
                .containsExactlyInAnyOrderElementsOf(programs.keySet());
        for (Transcript transcript : transcripts) {
            assertThat(transcript.program()).isEqualTo(programs.get(transcript.name()));
        }
    }

    @Test
    void meetEveryAnswerAtRandom() throws IOException {
        Map<String, Long> answers =
                new TreeMap<>(TranscriptFile.readAll(TranscriptFile.FOLDER.resolve("random")).stream()
                        .flatMap(transcript -> transcript.exchanges().stream())
                        .collect(Collectors.groupingBy(ProgramsTest::kind, Collectors.counting())));

        assertThat(answers.keySet()).containsAll(ANSWERS.lines().toList());
        long done = answers.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(" OK"))
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(done).as("of %s", answers).isGreaterThan(8_000);
    }

    private static String kind(Exchange exchange) {
        String text = exchange.reply() instanceof Refused refused ? refused.text() : "OK";
        return exchange.call().method().descriptor().getName() + " "
                + text.substring(text.lastIndexOf(": ") + 1).strip();
    }

    @Test
    void neverAskForWhatEndsEtcdForGood() {
        List<TxnRequest> txns = LongStream.range(0, 200)
                .mapToObj(seed -> Programs.random(seed, 300))
                .flatMap(program -> program.calls().stream())
                .filter(call -> call.method().path().equals("etcdserverpb.KV/Txn"))
                .map(ProgramsTest::txn)
                .toList();

        assertThat(txns)
                .noneMatch(txn -> anywhere(txn, ProgramsTest::opensDelete) && anywhere(txn, ProgramsTest::keeps));
        assertThat(txns)
                .anyMatch(txn -> anywhere(txn, ProgramsTest::opensDelete) && anywhere(txn, RequestOp::hasRequestPut));
        assertThat(txns)
                .anyMatch(txn -> anywhere(txn, RequestOp::hasRequestDeleteRange) && anywhere(txn, ProgramsTest::keeps));
    }

    private static TxnRequest txn(Call call) {
        try {
            return TxnRequest.parseFrom(call.request().toByteString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean anywhere(TxnRequest txn, Predicate<RequestOp> test) {
        return Stream.concat(txn.getSuccessList().stream(), txn.getFailureList().stream())
                .anyMatch(op -> test.test(op) || op.hasRequestTxn() && anywhere(op.getRequestTxn(), test));
    }

    private static boolean opensDelete(RequestOp op) {
        return op.hasRequestDeleteRange()
                && op.getRequestDeleteRange().getRangeEnd().equals(Ask.bytes(Ask.OPEN));
    }

    private static boolean keeps(RequestOp op) {
        return op.hasRequestPut()
                && (op.getRequestPut().getIgnoreValue() || op.getRequestPut().getIgnoreLease());
    }
}
