/** Kafka inside the process, and the topics on it or on the cluster that is used instead. */
@NullMarked
package io.tidemark.deploy.broker;

import org.jspecify.annotations.NullMarked;
