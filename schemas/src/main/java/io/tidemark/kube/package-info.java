/** What the values of a Kubernetes keyspace say: the stored encodings of objects, read from bytes to the JSON of the API. Pure. */
@NullMarked
package io.tidemark.kube;

import org.jspecify.annotations.NullMarked;
