package io.tidemark.audit.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
    private final SharedTexts<String> texts = SharedTexts.ofStrings();

    private String get(String json) {
        byte[] bytes = ("[" + json + "]").getBytes(StandardCharsets.UTF_8);
        return texts.get(bytes, 1, bytes.length - 1);
    }

    @Test
    void aTextThatComesAgainIsTheSameOne() {
        assertThat(get("\"system:admin\"")).isEqualTo("system:admin").isSameAs(get("\"system:admin\""));
    }

    @Test
    void escapesAreTold() {
        assertThat(get("\"a\\u00e4\\\"b\"")).isEqualTo("aä\"b").isSameAs(get("\"a\\u00e4\\\"b\""));
        assertThat(get("\"aä\\\"b\"")).isEqualTo("aä\"b");
    }

    @Test
    void longTextsAreNotKept() {
        String json = '"' + "x".repeat(1_000) + '"';

        assertThat(get(json)).isEqualTo("x".repeat(1_000)).isNotSameAs(get(json));
    }

    @Test
    void manyMoreTextsThanSlotsAreAllRight() {
        Random random = new Random(7);
        for (int i = 0; i < 200_000; i++) {
            // lengths around the eight bytes that are mixed at a time; few enough values that many come again
            String text = Integer.toString(random.nextInt(60_000), 2 + random.nextInt(30)) + "-".repeat(i % 3);

            assertThat(get('"' + text + '"')).isEqualTo(text);
        }
    }
}
