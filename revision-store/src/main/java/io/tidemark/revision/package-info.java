/** The revision store: an etcd that keeps its log in Kafka. What starts in which order, its settings and metrics. */
@NullMarked
package io.tidemark.revision;

import org.jspecify.annotations.NullMarked;
