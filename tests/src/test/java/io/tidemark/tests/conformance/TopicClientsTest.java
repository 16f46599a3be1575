package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.tests.conformance.TopicReader.Heard;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may watch topics, in which ways, and which events of them. */
class TopicClientsTest {
    private static final String WEB =
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"labels\":{"
                    + "\"app\":\"web\"}},\"spec\":{\"replicas\":%d,\"containers\":[{\"name\":\"a\",\"image\":\"%s\"}]}}";

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private static Path folder;

    private static StoreEndpoint store;

    @BeforeAll
    static void begin() {
        store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("shared"));
    }

    @AfterAll
    static void end() {
        store.close();
    }

    @Test
    void aWebSocketTellsWhatServerSentEventsTell() throws Exception {
        long first = Ask.write(store, "socket/a", "1");
        Ask.write(store, "socket/b", "{\"x\":\"ü\"}");
        Ask.done(
                store,
                TxnRequest.newBuilder()
                        .addSuccess(RequestOp.newBuilder()
                                .setRequestPut(PutRequest.newBuilder().setKey(Ask.bytes("socket/c"))))
                        .addSuccess(RequestOp.newBuilder()
                                .setRequestPut(PutRequest.newBuilder().setKey(Ask.bytes("socket/d")))));
        Ask.done(store, Ask.delete("socket/", "socket0"));
        long last = Ask.write(store, "socket/e", "\0\u00ff");
        String query = "?prefix=socket/&prev&since=" + first;
        try (TopicReader events = TopicReader.open(store, query);
                TopicSocket socket = new TopicSocket(store, query)) {
            List<Heard> told = events.changesUntil(last);
            assertThat(socket.changesUntil(last)).containsExactlyElementsOf(told);
            assertThat(told).hasSize(9);
            long live = Ask.write(store, "socket/f", "2");
            assertThat(socket.changesUntil(live)).containsExactlyElementsOf(events.changesUntil(live));
        }
    }

    @Test
    void aWebSocketIsRefusedAsHttpHasItAndToPagesOfOthers() {
        assertThat(handshake("?since=no")).isEqualTo(400);
        assertThat(handshake("?prefix=a", "Origin", "http://evil.example")).isEqualTo(403);
        try (TopicSocket own = new TopicSocket(store, "?prefix=a", "Origin", origin())) {
            assertThat(own).isNotNull();
        }
    }

    private static String origin() {
        return "http://" + store.topics().getAuthority();
    }

    private static int handshake(String query, String... headers) {
        CompletionException[] refused = new CompletionException[1];
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> new TopicSocket(store, query, headers))
                .satisfies(e -> refused[0] = e);
        return ((WebSocketHandshakeException) refused[0].getCause())
                .getResponse()
                .statusCode();
    }

    @Test
    void aDifferenceTellsWhatChangedAndNoMore() {
        long first = Ask.write(store, "diff/p", WEB.formatted(2, "nginx:1"));
        Ask.write(store, "diff/p", WEB.formatted(3, "nginx:2"));
        Ask.write(store, "diff/p", "no JSON any more");
        long last = Ask.write(store, "diff/p", "text");
        try (TopicReader reader = TopicReader.open(store, "?key=diff/p&view=diff&since=" + first)) {
            List<Heard> heard = reader.changesUntil(last);
            assertThat(heard.getFirst().data().path("object").path("kind").asText())
                    .isEqualTo("Pod");
            JsonNode changes = heard.get(1).data().path("changes");
            assertThat(changes)
                    .isEqualTo(TopicReader.json("[{\"path\":\"/spec/replicas\",\"before\":2,\"after\":3},"
                            + "{\"path\":\"/spec/containers/0/image\",\"before\":\"nginx:1\",\"after\":\"nginx:2\"}]"));
            assertThat(heard.get(1).data().has("value")).isFalse();
            assertThat(heard.getLast().data().path("changes"))
                    .isEqualTo(
                            TopicReader.json("[{\"path\":\"\",\"before\":\"no JSON any more\",\"after\":\"text\"}]"));
        }
    }

    @Test
    void anObjectThatLeavesTheSelectionIsGoneToWhoSelects() {
        String api = WEB.replace("\"web\"", "\"api\"");
        long first = Ask.write(store, "select/p", WEB.formatted(1, "x"));
        Ask.write(store, "select/other", api.formatted(1, "x"));
        Ask.write(store, "select/p", api.formatted(1, "x"));
        Ask.write(store, "select/p", api.formatted(2, "x"));
        Ask.write(store, "select/p", WEB.formatted(3, "x"));
        Ask.done(store, Ask.delete("select/", "select0"));
        long last = Ask.write(store, "select/last", WEB.formatted(4, "x"));
        String query = "?prefix=select/&since=" + first + "&selector=app%20in%20(web,db),!gone";
        try (TopicReader reader = TopicReader.open(store, query)) {
            List<Heard> heard = reader.changesUntil(last);
            assertThat(heard.stream()
                            .map(each -> each.name() + " "
                                    + each.data().path("key").asText() + " " + (each.revision() - first)
                                    + (each.data().path("left").asBoolean() ? " left" : "")))
                    .containsExactly(
                            "put select/p 0",
                            "delete select/p 2 left",
                            "put select/p 4",
                            "delete select/p 5",
                            "put select/last 6");
            assertThat(heard).allMatch(each -> !each.id().isEmpty());
        }
    }

    @Test
    void aRateIsKeptAndNothingIsMissed() {
        long first = Ask.write(store, "rate/0", "x");
        long last = first;
        for (int i = 1; i < 30; i++) {
            last = Ask.write(store, "rate/" + i, "x");
        }
        try (TopicReader reader = TopicReader.open(store, "?prefix=rate/&rate=20&since=" + first)) {
            assertThat(reader.changesUntil(last)).hasSize(30);
        }
    }

    @Test
    void onlyWhoMayReadARangeMayWatchIt() {
        try (StoreEndpoint other = new StoreEndpoint(LOOPS.vertx(), folder.resolve("users"))) {
            Ask.write(other, "a", "x");
            Ask.enableUsers(other, "secret");
            HttpResponse<String> nobody = TopicReader.refused(other, "?key=a");
            assertThat(nobody.statusCode()).isEqualTo(401);
            assertThat(nobody.headers().allValues("www-authenticate")).hasSize(2);
            assertThat(TopicReader.json(nobody.body()).path("detail").asText())
                    .isEqualTo("etcdserver: user name is empty");
            assertThat(TopicReader.refused(other, "?key=a", "Authorization", "Bearer void")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(TopicReader.refused(other, "?key=a", "Authorization", basic("root:wrong"))
                            .statusCode())
                    .isEqualTo(401);
            for (String right : List.of("Bearer " + Ask.token(other, "secret"), basic("root:secret"))) {
                try (TopicReader reader = TopicReader.open(other, "?key=a&since=1", "Authorization", right)) {
                    assertThat(reader.changesUntil(2)).hasSize(1);
                }
            }
        }
    }

    private static String basic(String both) {
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoIsBehindIsToldSoAndWhenItIsNoLonger() {
        try (TopicReader reader = TopicReader.open(store, "?prefix=slow/&rate=20")) {
            reader.until(heard -> heard.name().equals("bookmark"));
            long last = 0;
            for (int i = 0; i < 60; i++) {
                last = Ask.write(store, "slow/" + i, "x");
            }
            assertThat(reader.until(heard -> isNotice(heard, "behind"))).isNotEmpty();
            long end = last;
            List<Heard> rest = reader.until(heard -> isNotice(heard, "live"));
            assertThat(rest.stream().filter(Heard::isChange).map(Heard::revision))
                    .contains(end);
        }
    }

    private static boolean isNotice(Heard heard, String state) {
        return heard.name().equals("notice")
                && heard.data().path("state").asText().equals(state);
    }

    @Test
    void aKeyspaceThatIsNoneIsRefusedWithThoseThatThereAre() {
        HttpResponse<String> refused = TopicReader.refused(store, "/none?since=1");
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(TopicReader.json(refused.body()).path("keyspaces")).isEqualTo(TopicReader.json("[\"default\"]"));
    }

    @Test
    void keyspacesAreListedWithWhatCanBeRead() {
        long newest = Ask.write(store, "listed", "x");
        JsonNode first = TopicReader.json(
                        TopicReader.refused(store, "/../watch").body())
                .path("keyspaces")
                .path(0);
        assertThat(first.path("name").asText()).isEqualTo("default");
        assertThat(first.path("revision").asLong()).isGreaterThanOrEqualTo(newest);
        assertThat(first.path("oldest").asLong()).isEqualTo(1);
    }

    @Test
    void secretsAreMaskedWhereverTheyLieAndHoweverTheyAreAskedFor() {
        String planted = "cGxhbnRlZA";
        long first = Ask.write(store, "/registry/secrets/shop/db", "k8s\0" + planted);
        Ask.write(
                store, "elsewhere", "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"data\":{\"p\":\"" + planted + "\"}}");
        String entry = "\n\u0001p\u0012" + (char) planted.length() + planted;
        Ask.write(store, "elsewhere", protobufSecret("\u0012" + (char) entry.length() + entry));
        Ask.write(store, "elsewhere", protobufSecret("\u0012\u007f" + entry)); // longer than it is: cannot be read
        long last = Ask.write(store, "elsewhere", "{\"kind\":\"Config\",\"apiVersion\":\"v1\"}");
        for (String view : List.of("value", "raw", "keys", "diff")) {
            try (TopicReader reader = TopicReader.open(store, "?since=" + first + "&prev&view=" + view)) {
                List<Heard> heard = reader.changesUntil(last);
                assertThat(heard).hasSize(5);
                assertThat(heard.toString())
                        .doesNotContain(planted)
                        .doesNotContain(java.util.Base64.getEncoder()
                                .encodeToString(planted.getBytes())
                                .substring(0, 8));
            }
        }
    }

    /** In Kubernetes' envelope. */
    private static String protobufSecret(String message) {
        return "k8s\0\n\f\n\u0002v1\u0012\u0006Secret\u0012" + (char) message.length() + message;
    }
}
