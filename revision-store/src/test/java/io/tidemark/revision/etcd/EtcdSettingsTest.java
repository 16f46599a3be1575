package io.tidemark.revision.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.ServerSSLOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EtcdSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1:2379",
        "node-1.example, node-1.example:2379",
        "::1, [::1]:2379",
        "fd00::2, [fd00::2]:2379"
    })
    void anAddressHasAnIpV6HostInBrackets(String host, String address) {
        EtcdSettings.Listening plain = new EtcdSettings.Listening(host, 2379, host, null, false);

        assertThat(plain.advertisedAddress()).isEqualTo(address);
        assertThat(plain.url(host, 2379)).isEqualTo("http://" + address);
    }

    @Test
    void anAddressSaysWhetherItSpeaksTls() {
        EtcdSettings.Listening secured =
                new EtcdSettings.Listening("0.0.0.0", 0, "node-1", new ServerSSLOptions(), false);

        assertThat(secured.url("node-1", 2381)).isEqualTo("https://node-1:2381");
    }
}
