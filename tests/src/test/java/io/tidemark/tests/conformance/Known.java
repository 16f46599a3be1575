package io.tidemark.tests.conformance;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.tests.conformance.Reply.Replied;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the replies so far tell of the store: what is worth to be asked next depends on it. */
final class Known {
    private long revision = 1;
    private long compacted = 1;
    private int grants;
    private int repliesSinceCompaction;
    private boolean compactedAtZero;
    private final Set<Long> leases = new TreeSet<>();
    private final Set<Long> deletedAndPut = new HashSet<>();

    long revision() {
        return revision;
    }

    long compacted() {
        return compacted;
    }

    int grants() {
        return grants;
    }

    Set<Long> leases() {
        return leases;
    }

    /** Whether etcd has had time to remove what was compacted: while no key exists, its checksum counts that, too. */
    boolean isRemoved() {
        return repliesSinceCompaction > 20;
    }

    /** Whether etcd takes revision 0 of a checksum for that of a compaction, which it remembers, not for the newest. */
    boolean isCompactedAtZero() {
        return compactedAtZero;
    }

    /**
     * Whether a transaction at the revision may have put what it deleted before. Compacted at it, etcd removes what was
     * put and keeps the key; it ends when the key is read, at every later start again.
     */
    boolean endsEtcdWhenCompacted(long at) {
        return deletedAndPut.contains(at);
    }

    void learn(Call call, Reply reply) {
        repliesSinceCompaction++;
        if (!(reply instanceof Replied replied)) {
            return;
        }
        Message answer = replied.message();
        FieldDescriptor header = answer.getDescriptorForType().findFieldByName("header");
        if (header != null && answer.hasField(header)) {
            Message told = (Message) answer.getField(header);
            revision = Math.max(revision, number(told, "revision"));
        }
        switch (call.method().descriptor().getName()) {
            case "Compact" -> {
                compacted = number(call.request(), "revision");
                compactedAtZero |= compacted == 0;
                repliesSinceCompaction = 0;
            }
            case "LeaseGrant" -> {
                grants++;
                leases.add(number(answer, "ID"));
            }
            case "Txn" -> {
                if (opensDelete(Ask.parsed(TxnRequest.parser(), call.request().toByteArray()))) {
                    deletedAndPut.add(revision);
                }
            }
            case "LeaseRevoke" -> leases.remove(number(call.request(), "ID"));
            default -> {}
        }
    }

    private static boolean opensDelete(TxnRequest txn) {
        return Stream.concat(txn.getSuccessList().stream(), txn.getFailureList().stream())
                .anyMatch(op -> op.getRequestDeleteRange().getRangeEnd().equals(Ask.bytes(Ask.OPEN))
                        || op.hasRequestTxn() && opensDelete(op.getRequestTxn()));
    }

    private static long number(Message message, String field) {
        return (long) message.getField(message.getDescriptorForType().findFieldByName(field));
    }
}
