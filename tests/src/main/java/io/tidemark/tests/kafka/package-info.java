/** Kafka clusters that are somebody else's: brokers as the Kafka project ships them, in processes of their own. */
@NullMarked
package io.tidemark.tests.kafka;

import org.jspecify.annotations.NullMarked;
