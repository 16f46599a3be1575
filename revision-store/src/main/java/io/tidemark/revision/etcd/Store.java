package io.tidemark.revision.etcd;

import io.tidemark.revision.lease.LeaseTimes;
import io.tidemark.revision.sequencer.Reads;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.Image;

/** The keyspace behind the port. */
public record Store(Sequencer sequencer, Reads reads, Image image, LeaseTimes leases) {}
