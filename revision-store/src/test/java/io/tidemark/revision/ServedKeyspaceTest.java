package io.tidemark.revision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidemark.service.Config;
import io.tidemark.service.ConfigException;
import io.tidemark.service.ConfigLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedKeyspaceTest {
    @Test
    void theDefaultOneIsFirstAndOthersFollowAsTheyAreListed() {
        assertThat(ServedKeyspace.of(config("events:2381,shop:0")))
                .containsExactly(
                        new ServedKeyspace("default", 2379, 0),
                        new ServedKeyspace("events", 2381, 1),
                        new ServedKeyspace("shop", 0, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events",
                "events:",
                ":2381",
                "events:65536",
                "events:-1",
                "Events:2381",
                "default:2381",
                "a:2381,a:2382",
                "a:2381,b:2381",
                "a:1,b:2,c:3,d:4"
            })
    void whatIsNotAKeyspaceIsRefusedWithTheSettingsName(String list) {
        assertThatThrownBy(() -> config(list))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("etcd.keyspaces")
                .hasMessageContaining("NAME:PORT");
    }

    private static Config config(String keyspaces) {
        return new ConfigLoader(RevisionConfig.KEYS)
                .flags(Map.of("etcd.keyspaces", keyspaces))
                .load();
    }
}
