package io.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.audit.ClusterKey;
import io.tidemark.schema.audit.ObjectKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    private static final ObjectKey WEB = new ObjectKey("c", "apps", "deployments", "shop", "web");

    @Test
    void writesByteZeroThenTheIdThenAvroBinary() {
        byte[] bytes = Serdes.AUDIT_SPAN_KEY.encode(new ObjectKey("ab", "", "", "", ""));

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00" + "00000001" + "046162" + "00000000");
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(Serdes.AUDIT_EVENT_KEY.decode(Serdes.AUDIT_EVENT_KEY.encode(WEB)))
                .isEqualTo(WEB);
    }

    @Test
    void refusesAnIdThatBelongsToAnotherSubject() {
        byte[] rejectKey = Serdes.AUDIT_REJECT_KEY.encode(new ClusterKey("c"));

        assertThatThrownBy(() -> Serdes.AUDIT_EVENT_KEY.decode(rejectKey))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("tidemark.audit.events-key: schema id 3 is not in the catalogue");
    }

    @Test
    void refusesBytesThatAreNoRecord() {
        assertThatThrownBy(() -> Serdes.AUDIT_EVENT_KEY.decode("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("expected byte 0");
        byte[] cut = java.util.Arrays.copyOf(Serdes.AUDIT_EVENT_KEY.encode(WEB), 9);
        assertThatThrownBy(() -> Serdes.AUDIT_EVENT_KEY.decode(cut)).isInstanceOf(UnreadableRecordException.class);
    }
}
