package io.tidemark.revision.etcd;

import io.tidemark.revision.etcd.proto.ResponseHeader;
import java.util.function.LongSupplier;

/**
 * Who answers, for the header of each answer. Clients compare the ids and print the term; none may be 0.
 *
 * @param clusterId the same for all nodes that serve a keyspace, for good
 * @param memberId this node, for good
 * @param term the writer's epoch
 */
public record Headers(long clusterId, long memberId, LongSupplier term) {
    /** Of an answer that is no part of another one. */
    ResponseHeader at(long revision) {
        return ofTheNode().setRevision(revision).build();
    }

    /** Of an answer that says nothing of the keyspace. */
    public ResponseHeader.Builder ofTheNode() {
        return ResponseHeader.newBuilder()
                .setClusterId(clusterId)
                .setMemberId(memberId)
                .setRaftTerm(term.getAsLong());
    }
}
