/** What crosses a process boundary by Kafka: every topic with its contract, and the only place that picks an encoding. */
@NullMarked
package io.tidemark.topic;

import org.jspecify.annotations.NullMarked;
