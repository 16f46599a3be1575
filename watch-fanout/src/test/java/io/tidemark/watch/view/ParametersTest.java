package io.tidemark.watch.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tidemark.revision.store.RevisionTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParametersTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

    private static final String NO_START =
            "since must be a revision, a whole number from 1 on, 'oldest', a time such as 2026-11-23T08:17:47Z, or how long ago such"
                    + " as 15m; found ";

    private static long begin(String query, long now, long compacted) throws BadParameterException {
        return ((Start.Known) read(query).start()).revision(now, compacted);
    }

    /** From a query without escapes. */
    private static Map<String, List<String>> values(String query) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        Arrays.stream(query.split("&"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.split("=", 2))
                .collect(Collectors.groupingBy(part -> part[0], LinkedHashMap::new, Collectors.toList()))
                .forEach((name, all) -> values.put(
                        name,
                        all.stream().map(part -> part.length > 1 ? part[1] : "").toList()));
        return values;
    }

    private static TopicRequest read(String query) throws BadParameterException {
        return Parameters.read(values(query), "", NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "resource=pods | /registry/pods/ | /registry/pods0",
                "resource=pods&namespace=shop | /registry/pods/shop/ | /registry/pods/shop0",
                "resource=pods&namespace=shop&name=web | /registry/pods/shop/web | ''",
                "resource=nodes&name=n1 | /registry/minions/n1 | ''",
                "resource=services | /registry/services/specs/ | /registry/services/specs0",
                "resource=deployments.apps | /registry/deployments/ | /registry/deployments0",
                "resource=ingresses.networking.k8s.io | /registry/ingress/ | /registry/ingress0",
                "resource=widgets.example.com | /registry/example.com/widgets/ | /registry/example.com/widgets0",
                "resource=gateways.gateway.networking.k8s.io | /registry/gateway.networking.k8s.io/gateways/"
                        + " | /registry/gateway.networking.k8s.io/gateways0",
                "prefix=a | a | b",
                "key=a | a | ''",
            })
    void aRangeIsGivenInOneOfThreeWays(String query, String key, String end) throws BadParameterException {
        assertThat(read(query).range().key()).hasToString(key);
        assertThat(read(query).range().end()).hasToString(end);
    }

    @Test
    void withoutARangeItIsAllKeysFromNowOnWithTheirValues() throws BadParameterException {
        TopicRequest all = read("");
        assertThat(all.range().to()).isNull();
        assertThat(all.range().key()).hasToString("\0");
        assertThat(begin("", 41, 7)).isEqualTo(42);
        assertThat(all.shape()).isEqualTo(new Shape(View.VALUE, false, LabelSelector.EVERYTHING, Filter.EVERYTHING));
    }

    @Test
    void whatWasReadLastCountsMoreThanTheAddress() throws BadParameterException {
        assertThat(Parameters.read(values("since=3"), "17", NOW).start()).isEqualTo(new Start.From(18));
        assertThat(read("since=3").start()).isEqualTo(new Start.From(3));
        assertThat(begin("since=oldest", 41, 7)).isEqualTo(7);
        assertThat(begin("since=oldest", 41, -1)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-27T04:00:00Z, 2026-11-27T04:00:00Z",
        "2026-11-27T04:00:00.5-01:00, 2026-11-27T05:00:00.5Z",
        "2026-11-27, 2026-11-27T00:00:00Z",
        "90s, 2026-11-27T11:58:30Z",
    })
    void aTimeIsGivenAsItIsOrHowLongAgo(String since, Instant moment) throws BadParameterException {
        assertThat(read("since=" + since).start()).isEqualTo(new Start.After(moment));
    }

    @Test
    void aTimeIsBehindItsNewestRevisionAndNowhereWhenThatWasCompacted() {
        Start.After after = new Start.After(NOW);
        assertThat(after.known(new RevisionTime(7, 1), 5)).isEqualTo(new Start.From(8));
        assertThat(after.known(null, -1)).isEqualTo(new Start.From(1));
        assertThat(after.known(null, 5)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "since=0 | since | " + NO_START + "'0'",
                "since=-1 | since | " + NO_START + "'-1'",
                "since=2026-13-27T04:00:00Z | since | " + NO_START + "'2026-13-27T04:00:00Z'",
                "since=yesterday | since | " + NO_START + "'yesterday'",
                "since=9223372036854775807 | since | " + NO_START + "'9223372036854775807'",
                "key= | key | key must not be empty; for all keys, leave it out",
                "key=a&prefix=b | prefix | only one of key, prefix and resource can be given, found key and prefix",
                "namespace=shop | namespace | namespace says which objects of a resource: give resource as well",
                "resource=Pods | resource | resource must be a plural name in lower case, with its group when it is not one of"
                        + " Kubernetes' own, such as pods or widgets.example.com; found 'Pods'",
                "resource=pods&name=a/b | name | name must be the name of an object, without a slash; found 'a/b'",
                "resource=pods&namespace= | namespace | namespace must be the name of an object, without a slash; found ''",
                "filter=object. | filter | filter, character 8: no viable alternative at input '.'",
                "filter=1 | filter | filter, character 1: expected type 'bool' but found 'int'",
                "filter=thing==1 | filter | filter, character 1: undeclared reference to 'thing' (in container '')",
                "rate=0 | rate | rate must be a whole number of events a second from 1 to 100000, found '0'",
                "prev=yes | prev | prev must be true or false, found 'yes'",
                "prefix=a&prefix=b | prefix | parameter 'prefix' is given more than once",
            })
    void whatCannotBeMeantIsRefusedByName(String query, String parameter, String detail) {
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> read(query))
                .withMessage(detail)
                .extracting(BadParameterException::parameter)
                .isEqualTo(parameter);
    }

    @Test
    void whatIsUnknownIsRefusedWithWhatIsKnown() {
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> read("form=1"))
                .withMessageStartingWith("unknown parameter 'form'; known here: ")
                .withMessageContaining("prefix");
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> read("view=text"))
                .withMessageContaining("value, raw, keys, diff")
                .withMessageContaining("'text'");
        assertThatExceptionOfType(BadParameterException.class)
                .isThrownBy(() -> Parameters.read(values(""), "s1f", NOW))
                .withMessage("Last-Event-ID must be a revision, a whole number from 0 on; found 's1f'");
    }
}
