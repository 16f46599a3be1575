package io.tidemark.audit.job;

import io.tidemark.audit.fact.Evidence;

/**
 * An element of the stream between source and correlator. Within one task it is handed on as it is.
 *
 * @param key cluster/group/resource/namespace/name
 * @param evidence what the event says about that object
 * @param logMicros when Kafka took the event in, microseconds since the epoch
 */
record KeyedFact(String key, Evidence evidence, long logMicros) {}
