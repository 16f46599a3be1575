package io.tidemark.audit.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.audit.diff.UnreadableBodyException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON read in place is what a JSON library reads. */
class JsonCursorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"a\":1}",
                " { \"a\" : \"x\" , \"b\" : [ 1 , 2 ] } ",
                "{\"a\":{\"b\":[{\"c\":\"]}\"}]},\"d\":true,\"e\":null,\"f\":-1.5}",
                "{\"q\\\"uote\":\"a\\\\\",\"n\":\"\\u00e9\\n\\t\\/\\\"\",\"ä\":\"ö漢😀\"}",
                "{\"long text with a quote in the second word\":\"0123456\\\"89012345678\"}",
                "{\"s\":\"1234567\",\"t\":\"12345678\",\"u\":\"123456789\",\"v\":\"\"}"
            })
    void readsWhatALibraryReads(String text) throws IOException {
        JsonNode tree = JSON.readTree(text);
        List<String> expected = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : tree.properties()) {
            JsonNode value = member.getValue();
            expected.add(member.getKey() + "=" + (value.isContainerNode() || value.isNull() ? "" : value.asText()));
        }

        assertThat(members(text)).isEqualTo(expected);
    }

    @Test
    void tellsKnownNamesOnly() {
        JsonCursor cursor = cursor("{\"kind\":1,\"kinds\":2,\"k\\u0069nd\":3}");
        List<String> names = new ArrayList<>();
        cursor.enterObject();
        while (cursor.nextMember()) {
            names.add(cursor.name());
            cursor.skip();
        }

        assertThat(names).containsExactly("kind", "", "kind");
    }

    @Test
    void knowsWhereValuesStand() {
        JsonCursor cursor = cursor("{\"a\": {\"b\":[1]} ,\"c\":2}");
        cursor.enterObject();
        cursor.nextMember();

        assertThat(cursor.memberStart()).isEqualTo(1);
        assertThat(cursor.start()).isEqualTo(6);
        cursor.skip();
        assertThat(cursor.end()).isEqualTo(15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[1", "{\"a\":\"b"})
    void stopsWhereTheTextStops(String text) {
        assertThatThrownBy(() -> members(text)).isInstanceOf(UnreadableBodyException.class);
    }

    private static List<String> members(String text) {
        JsonCursor cursor = cursor(text);
        List<String> members = new ArrayList<>();
        cursor.enterObject();
        while (cursor.nextMember()) {
            members.add(cursor.anyName() + "=" + cursor.text());
        }
        return members;
    }

    private static JsonCursor cursor(String text) {
        return new JsonCursor(text.getBytes(StandardCharsets.UTF_8), new KnownNames("kind", "name"));
    }
}
