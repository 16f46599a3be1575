package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.tests.conformance.Reply.Refused;
import io.tidemark.tests.conformance.Reply.Replied;
import io.tidemark.tests.conformance.Reply.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranscriptFileTest {
    private static final Call CALL = Call.of(Ask.range("\0\u00ff").build());

    @TempDir
    Path folder;

    private static Reply replied(String value) {
        return new Replied(RangeResponse.newBuilder()
                .addKvs(KeyValue.newBuilder().setValue(ByteString.copyFromUtf8(value)))
                .build());
    }

    private static Transcript transcript(Reply... replies) {
        return new Transcript(
                "some/name",
                "what it shows",
                List.of(replies).stream()
                        .map(reply -> new Exchange(CALL, reply))
                        .toList());
    }

    @Test
    void isAsSaidInItsDescription() throws IOException {
        Path file = TranscriptFile.write(
                folder, transcript(replied("v"), new Refused(Status.Code.DATA_LOSS, "etcdserver: corrupt cluster")));

        assertThat(file).isEqualTo(folder.resolve("some/name.jsonl")).hasContent("""
                {"program":"some/name","shows":"what it shows","requests":2}
                {"call":"etcdserverpb.KV/Range","request":{"key":"AP8="},"response":{"kvs":[{"value":"dg=="}]}}
                {"call":"etcdserverpb.KV/Range","request":{"key":"AP8="},"status":"DATA_LOSS","text":"etcdserver: corrupt cluster"}
                """);
    }

    @Test
    void isReadAsItWasWrittenPlainAndZipped() throws IOException {
        Reply refused = new Refused(Status.Code.OUT_OF_RANGE, "\"quoted\" \u00fc");
        Path plain = TranscriptFile.write(folder, transcript(replied("v"), refused));
        assertThat(Replay.differences(
                        transcript(replied("v"), refused), new RecordedEndpoint(TranscriptFile.read(plain))))
                .isEmpty();
        assertThat(TranscriptFile.read(plain).exchanges().get(1).reply()).isEqualTo(refused);

        Reply large = replied("v".repeat(100_000));
        Path zipped = TranscriptFile.write(folder, transcript(large));
        assertThat(zipped).isEqualTo(folder.resolve("some/name.jsonl.gz"));
        assertThat(Files.size(zipped)).isLessThan(10_000);
        assertThat(plain).doesNotExist();
        assertThat(Replay.differences(transcript(large), new RecordedEndpoint(TranscriptFile.read(zipped))))
                .isEmpty();
    }

    @Test
    void isNotReadWhenLinesAreMissing() throws IOException {
        Path file = TranscriptFile.write(folder, transcript(replied("v"), replied("w")));
        Files.write(file, Files.readAllLines(file).subList(0, 2));

        assertThatThrownBy(() -> TranscriptFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("should hold 2 requests, found 1");
    }

    @Test
    void isNotWrittenWithAReplyThatCannotBeRead() {
        assertThatThrownBy(() -> TranscriptFile.write(folder, transcript(new Unreadable("why"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("why");
    }

    @Test
    void staysAsItIsWhenWrittenAgain() throws IOException {
        for (Transcript transcript : TranscriptFile.readAll(TranscriptFile.FOLDER)) {
            Path again = TranscriptFile.write(folder, transcript);
            Path committed = TranscriptFile.FOLDER.resolve(folder.relativize(again));
            assertThat(committed).exists();
            assertThat(TranscriptFile.lines(again)).as(transcript.name()).isEqualTo(TranscriptFile.lines(committed));
        }
    }
}
