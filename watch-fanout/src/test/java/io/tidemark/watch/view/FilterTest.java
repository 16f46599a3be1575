package io.tidemark.watch.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.watch.view.Filter.UnanswerableException;
import java.io.IOException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final String OBJECT =
            "{\"kind\":\"Pod\",\"n\":3,\"large\":18446744073709551616,\"share\":0.5,\"none\":null,"
                    + "\"on\":true,\"labels\":{\"app.kubernetes.io/name\":\"web\"},\"list\":[{\"image\":\"nginx:1\"},{\"image\":\"x\"}]}";

    private static Object value(String json) {
        try {
            return CelValues.of(new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean matches(String filter, String object) throws BadParameterException, UnanswerableException {
        Object value = value(object);
        return Filter.compile(filter).matches(name -> switch (name) {
            case Filter.OBJECT -> value;
            case Filter.OLD -> value("null");
            case Filter.KEY -> "/registry/pods/a";
            case Filter.TYPE -> "PUT";
            default -> 7L;
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "object.kind == 'Pod' && object.n > 2 && object.n > 2.5 && object.n + 1 == 4",
                "object.large > 9e18 && object.share < 1",
                "object.none == null && old == null && object.on",
                "object.labels['app.kubernetes.io/name'] in ['web', 'api']",
                "object.list.exists(c, c.image.startsWith('nginx:'))",
                "object.list.all(c, !has(c.tag)) && size(object.list) == 2",
                "has(object.labels) && !has(object.spec)",
                "key.matches('^/registry/[a-z]+/a$') && type == 'PUT' && revision == 7",
            })
    void whatIsTrueOfAnObjectMatches(String filter) throws Exception {
        assertThat(matches(filter, OBJECT)).isTrue();
        assertThat(matches("!(" + filter + ")", OBJECT)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.spec.n > 1", "object.n", "object.kind > 1", "key.matches('[')", "!object.n"})
    void whatComesToNothingSaysWhy(String filter) {
        assertThatExceptionOfType(UnanswerableException.class)
                .isThrownBy(() -> matches(filter, OBJECT))
                .withMessageMatching("(?s).*(not present|neither true nor false|overload|missing closing).*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"object.all(a, a == 1)", "object.all(a, object.all(b, b == 1))"})
    void theIterationsOfAllLoopsTogetherAreBounded(String filter) throws Exception {
        assertThat(matches(filter, Collections.nCopies(20, 1).toString())).isTrue();
        assertThatExceptionOfType(UnanswerableException.class)
                .isThrownBy(() -> matches(
                        filter,
                        Collections.nCopies(filter.contains("all(b") ? 50 : 1_001, 1)
                                .toString()))
                .withMessageContaining("Iteration budget exceeded");
    }

    @Test
    void aFilterThatIsTooLongOrTooDeepIsRefused() {
        for (String filter :
                new String[] {"1 == 1 || ".repeat(110) + "true", "(".repeat(40) + "true" + ")".repeat(40)}) {
            assertThatExceptionOfType(BadParameterException.class).isThrownBy(() -> Filter.compile(filter));
        }
    }

    @Test
    void aFilterOfObjectsIsToldFromOneOfEvents() throws BadParameterException {
        assertThat(Filter.compile("object.kind == 'Pod' || key == 'old'").isOfObjects())
                .isTrue();
        assertThat(Filter.compile("object.list.exists(x, x == old)").isOfObjects())
                .isFalse();
        assertThat(Filter.compile("type == 'PUT'").isOfObjects()).isFalse();
        assertThat(Filter.compile("revision > 7").isOfObjects()).isFalse();
        assertThat(Filter.compile("object.type == 'PUT'").isOfObjects()).isTrue();
    }

    @Test
    void topicsOfTheSameFilterAreToldTheSame() throws BadParameterException {
        assertThat(Filter.compile("true")).isEqualTo(Filter.compile("true")).isNotEqualTo(Filter.compile("false"));
        assertThat(Filter.compile("true")).hasSameHashCodeAs(Filter.compile("true"));
    }
}
