package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.etcd.proto.PutResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What is asked of two stores side by side, here without a server. */
class DifferentialTest {
    private static final int REQUESTS = 2_000;
    private static final String PUT = "etcdserverpb.KV/Put";

    private static Differential differential(UnaryOperator<EtcdEndpoint> altered) {
        return new Differential(
                () -> new InProcess(memory(), altered.apply(memory())),
                call -> MachineEndpoint.METHODS.contains(call.method().path()));
    }

    private static EtcdEndpoint memory() {
        return new MachineEndpoint(new MemoryKept());
    }

    @Test
    void theSameReplyTheSame() throws Exception {
        for (long seed = 1; seed <= 3; seed++) {
            assertThat(differential(same -> same).difference(seed, REQUESTS)).isNull();
        }
    }

    /** The other one does not tell the lease of a previous version. */
    @Test
    void aDifferenceIsToldByTheLeastProgramThatShowsIt() throws Exception {
        String told = differential(DifferentialTest::forgetful).difference(7, REQUESTS);

        assertThat(told).contains("seed 7").contains("-Dtidemark.seed");
        List<String> requests = told.lines()
                .filter(line -> line.startsWith("    etcdserverpb."))
                .toList();
        // a lease, a key on it, and a look at the key
        assertThat(requests).as(told).hasSize(3).element(0).asString().contains("LeaseGrant");
        assertThat(requests.get(2)).contains(PUT).contains("prev_kv: true").doesNotContain("value");
        assertThat(told).contains("lease: expected");
    }

    @Test
    void itsRequestsAreReadAsTheyAreTold() throws Exception {
        for (Transcript transcript : TranscriptFile.readAll(TranscriptFile.FOLDER.resolve("txn"))) {
            assertThat(transcript.exchanges())
                    .allSatisfy(exchange ->
                            assertThat(Call.parse(exchange.call().toString())).isEqualTo(exchange.call()));
        }
    }

    private static EtcdEndpoint forgetful(EtcdEndpoint store) {
        return (method, request) -> {
            Answer answer = store.call(method, request);
            if (!method.equals(PUT) || !(answer instanceof Answer.Bytes told)) {
                return answer;
            }
            PutResponse.Builder put = Ask.parsed(PutResponse.parser(), told.message()).toBuilder();
            if (put.hasPrevKv()) {
                put.getPrevKvBuilder().clearLease();
            }
            return new Answer.Bytes(put.build().toByteArray());
        };
    }

    private record InProcess(EtcdEndpoint expected, EtcdEndpoint found) implements Pair {
        @Override
        public void checkAlive() {
            // nothing of it can end by itself
        }

        @Override
        public void close() throws IOException {
            // nothing is open
        }
    }
}
