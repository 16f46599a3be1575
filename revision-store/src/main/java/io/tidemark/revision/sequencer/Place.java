package io.tidemark.revision.sequencer;

/**
 * Which node this is among those of the keyspace.
 *
 * @param election in which it takes part
 * @param address where the others reach it, {@code host:port}; empty when there are none
 */
public record Place(Election election, String address) {}
