package io.tidemark.deploy.registry;

import io.tidemark.deploy.StartFailure;
import io.tidemark.service.Health;
import io.tidemark.service.Service;
import io.tidemark.topic.SchemaCatalogue;
import io.tidemark.topic.SchemaRegistry;
import io.tidemark.topic.SchemaRegistryException;
import io.tidemark.topic.SchemaRegistryException.Kind;
import io.tidemark.topic.Serdes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the schema registry of every schema this version writes or can read, and lets the codecs ask it for others.
 *
 * <p>A registry that contradicts the catalogue ends the start, because its users would misread our records. One that does
 * not answer does not: the bundled catalogue reads everything, and the registry is told later.
 */
public final class RegistryService implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryService.class);

    private final SchemaRegistry registry;
    private final SchemaCatalogue catalogue;
    private final Duration retry;
    private volatile Health health = new Health.Degraded("the schema registry has not been told of the schemas yet");
    private volatile boolean closed;
    private @Nullable Thread later;

    public RegistryService(SchemaRegistry registry, SchemaCatalogue catalogue, Duration retry) {
        this.registry = registry;
        this.catalogue = catalogue;
        this.retry = retry;
    }

    @Override
    public String name() {
        return "schema-registry";
    }

    @Override
    public void start() {
        Serdes.ask(registry);
        try {
            tell();
        } catch (SchemaRegistryException e) {
            if (e.kind() == Kind.CONFLICT) {
                throw new StartFailure(
                        StartFailure.Kind.REGISTRY_CONFLICT,
                        String.valueOf(e.getMessage()),
                        "give this installation a registry of its own, or leave schema.registry.url empty:"
                                + " Tidemark reads its records without one",
                        e);
            }
            postpone(e);
            later = Thread.ofVirtual().name("schema-registry").start(this::tellLater);
        }
    }

    private void tell() throws SchemaRegistryException {
        for (SchemaCatalogue.Entry entry : catalogue.inOrderOfIds()) {
            registry.ensure(entry, catalogue.text(entry));
        }
        health = Health.UP;
        LOG.info(
                "schema registry holds the catalogue schemas={}",
                catalogue.entries().size());
    }

    private void tellLater() {
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(retry.toMillis());
                tell();
                return;
            } catch (SchemaRegistryException e) {
                postpone(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void postpone(SchemaRegistryException e) {
        health = new Health.Degraded(String.valueOf(e.getMessage()));
        LOG.warn("schema registry is told later retry={} cause={}", retry, e.getMessage());
    }

    @Override
    public Health check() {
        return health;
    }

    @Override
    public void close() {
        closed = true;
        Thread waiting = later;
        if (waiting != null) {
            waiting.interrupt();
        }
        registry.close();
    }
}
