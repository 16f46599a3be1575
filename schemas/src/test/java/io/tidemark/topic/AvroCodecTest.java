package io.tidemark.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.schema.audit.ObjectKey;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class AvroCodecTest {
    private static final ObjectKey WEB = new ObjectKey("c", "apps", "deployments", "shop", "web");

    @Test
    void writesByteZeroThenTheIdThenAvroBinary() {
        byte[] bytes = Serdes.AUDIT_SPAN_KEY.encode(new ObjectKey("ab", "", "", "", ""));

        assertThat(HexFormat.of().formatHex(bytes)).isEqualTo("00" + "00000005" + "046162" + "00000000");
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(Serdes.AUDIT_EVENT_KEY.decode(Serdes.AUDIT_EVENT_KEY.encode(WEB)))
                .isEqualTo(WEB);
    }

    @Test
    void refusesAnIdThatBelongsToAnotherSubject() {
        byte[] spanKey = Serdes.AUDIT_SPAN_KEY.encode(WEB);

        assertThatThrownBy(() -> Serdes.AUDIT_EVENT_KEY.decode(spanKey))
                .isInstanceOf(UnreadableRecordException.class)
                .hasMessageContaining("schema id 5 is not in the catalogue");
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
