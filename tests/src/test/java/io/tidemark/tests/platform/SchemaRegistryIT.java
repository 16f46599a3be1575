package io.tidemark.tests.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidemark.tests.oracle.AuditLog;
import io.tidemark.tests.oracle.ShopRecording;
import io.tidemark.tests.ports.FreePorts;
import io.tidemark.topic.SchemaCatalogue;
import io.tidemark.topic.SchemaCatalogue.Entry;
import io.tidemark.topic.SchemaRegistries;
import io.tidemark.topic.SchemaRegistry;
import io.tidemark.topic.SchemaRegistryException;
import io.tidemark.topic.SchemaRegistryException.Kind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Confluent's client, as the distribution loads it, against a registry with Confluent's API. */
@Tag("registry")
class SchemaRegistryIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.bundled();

    @TempDir
    private Path folder;

    @Test
    void holdsTheCatalogueUnderItsIdsAndIsChangedNoMoreAfterThat() throws Exception {
        try (ApicurioProcess apicurio = apicurio(FreePorts.next());
                SchemaRegistry registry = client(apicurio.url())) {
            for (int round = 0; round < 2; round++) {
                for (Entry entry : CATALOGUE.inOrderOfIds()) {
                    registry.ensure(entry, CATALOGUE.text(entry));
                }
                for (Entry entry : CATALOGUE.entries()) {
                    String versions = "/subjects/" + entry.subject() + "/versions";
                    JsonNode held = JSON.readTree(apicurio.get(versions + "/" + entry.version()));
                    assertThat(held.path("id").asInt()).as("%s", entry).isEqualTo(entry.id());
                    assertThat(registry.find(entry.subject(), entry.id()))
                            .hasValueSatisfying(text -> assertThat(new Schema.Parser().parse(text))
                                    .isEqualTo(new Schema.Parser().parse(CATALOGUE.text(entry))));
                }
            }
            assertThat(JSON.readTree(apicurio.get("/subjects"))).hasSize((int)
                    CATALOGUE.entries().stream().map(Entry::subject).distinct().count());
            assertThat(registry.find(NewerRecord.SUBJECT, 1))
                    .as("another subject's")
                    .isEmpty();
            assertThat(registry.find(NewerRecord.SUBJECT, 999)).isEmpty();
            refusesContradictions(registry);
        }
    }

    private static void refusesContradictions(SchemaRegistry registry) {
        Entry first = CATALOGUE.entries().getFirst();
        Entry moved = new Entry(first.subject(), first.version(), 77);
        assertConflict(() -> registry.ensure(moved, CATALOGUE.text(first)), "must have id 77");
        assertConflict(() -> registry.ensure(first, "\"string\""), "holds another schema there");
        Entry late = new Entry("somebody-value", 1, 500);
        assertConflict(() -> registry.ensure(late, "\"string\""), "ignores the id it is told");
    }

    private static void assertConflict(ThrowingCallable contradiction, String words) {
        assertThatThrownBy(contradiction)
                .isInstanceOfSatisfying(
                        SchemaRegistryException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessageContaining(words);
    }

    /** The registry comes up after the platform; then a record arrives whose schema only the registry knows. */
    @Test
    void isToldOnceItAnswersAndAskedForWhatTheCatalogueDoesNotKnow() throws Exception {
        int port = FreePorts.next();
        try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), options(port))) {
            awaitReadiness(platform, "[+]schema-registry ok, degraded");
            try (ApicurioProcess apicurio = apicurio(port)) {
                awaitReadiness(platform, "[+]schema-registry ok\n");
                JsonNode event = AuditLog.read(ShopRecording.audit()).stream()
                        .filter(each -> each.path("verb").asText().equals("create")
                                && each.path("responseStatus").path("code").asInt() == 201
                                && each.path("stage").asText().equals("ResponseComplete")
                                && each.path("objectRef")
                                        .path("resource")
                                        .asText()
                                        .equals("configmaps"))
                        .findFirst()
                        .orElseThrow();
                int id = NewerRecord.register(apicurio);
                assertThat(CATALOGUE.entries()).noneMatch(entry -> entry.id() == id);
                try (var producer = new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", platform.kafka()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
                    producer.send(NewerRecord.of(event, id)).get();
                }
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(() -> get(platform, "/api/v1/search")
                                .contains(event.path("auditID").asText()));
            }
        }
    }

    @Test
    void endsTheStartWhenItHoldsOtherSchemasUnderOurNames() throws Exception {
        int port = FreePorts.next();
        try (ApicurioProcess apicurio = apicurio(port)) {
            NewerRecord.register(apicurio);
            try (PlatformProcess platform = PlatformProcess.start(folder.resolve("data"), options(port))) {
                await().atMost(PATIENCE).until(() -> !platform.isAlive());
                assertThat(Files.readString(platform.log()))
                        .contains("tidemark: subject tidemark.audit.events-", "a registry of its own");
            }
        }
    }

    private ApicurioProcess apicurio(int port) throws IOException {
        return ApicurioProcess.start(port, folder.resolve("apicurio.log"));
    }

    private static SchemaRegistry client(String url) throws IOException {
        return SchemaRegistries.open(PlatformProcess.installation().resolve("lib-registry"), url, TIMEOUT);
    }

    private static String[] options(int port) {
        return new String[] {
            "--set", "schema.registry.url=" + ApicurioProcess.urlAt(port), "--set", "schema.registry.retry=500ms"
        };
    }

    private static void awaitReadiness(PlatformProcess platform, String line) {
        await().atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> get(platform, "/readyz?verbose").contains(line));
    }

    private static String get(PlatformProcess platform, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = platform.baseUri().resolve(path);
            return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
