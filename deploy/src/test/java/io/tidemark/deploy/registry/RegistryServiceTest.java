package io.tidemark.deploy.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidemark.deploy.StartFailure;
import io.tidemark.service.Health;
import io.tidemark.topic.SchemaCatalogue;
import io.tidemark.topic.SchemaCatalogue.Entry;
import io.tidemark.topic.SchemaRegistry;
import io.tidemark.topic.SchemaRegistryException;
import io.tidemark.topic.SchemaRegistryException.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RegistryServiceTest {
    private static final SchemaCatalogue CATALOGUE = SchemaCatalogue.bundled();

    private final Told registry = new Told();
    private final RegistryService service = new RegistryService(registry, CATALOGUE, Duration.ofMillis(1));

    /** Remembers what it was told, unless it is in trouble. */
    private static final class Told implements SchemaRegistry {
        private final List<Entry> told = new CopyOnWriteArrayList<>();
        private final AtomicReference<Optional<Kind>> trouble = new AtomicReference<>(Optional.empty());

        @Override
        public void ensure(Entry entry, String schema) throws SchemaRegistryException {
            if (trouble.get().isPresent()) {
                throw new SchemaRegistryException(trouble.get().get(), "registry in trouble");
            }
            told.add(entry);
        }

        @Override
        public Optional<String> find(String subject, int id) {
            return Optional.empty();
        }

        @Override
        public void close() {}
    }

    @Test
    void tellsTheWholeCatalogueInTheOrderOfItsIds() {
        service.start();

        assertThat(registry.told).isEqualTo(CATALOGUE.inOrderOfIds());
        assertThat(service.check()).isEqualTo(Health.UP);
    }

    @Test
    void startsWithoutARegistryThatAnswersAndTellsItLater() {
        registry.trouble.set(Optional.of(Kind.UNREACHABLE));
        service.start();
        assertThat(service.check()).isEqualTo(new Health.Degraded("registry in trouble"));

        registry.trouble.set(Optional.empty());
        await().until(() -> service.check().equals(Health.UP));
        assertThat(registry.told).isEqualTo(CATALOGUE.inOrderOfIds());
        service.close();
    }

    @Test
    void endsTheStartWhenTheRegistryContradictsTheCatalogue() {
        registry.trouble.set(Optional.of(Kind.CONFLICT));

        assertThatThrownBy(service::start)
                .isInstanceOfSatisfying(
                        StartFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(StartFailure.Kind.REGISTRY_CONFLICT));
    }
}
