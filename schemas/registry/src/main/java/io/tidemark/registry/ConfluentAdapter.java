package io.tidemark.registry;

import io.tidemark.topic.SchemaRegistries;
import io.tidemark.topic.SchemaRegistry;
import java.time.Duration;

/** Found by {@code ServiceLoader}. */
public final class ConfluentAdapter implements SchemaRegistries.Adapter {
    @Override
    public SchemaRegistry connect(String url, Duration timeout) {
        return ConfluentRegistry.at(url, timeout);
    }
}
