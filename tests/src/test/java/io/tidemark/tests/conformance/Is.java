package io.tidemark.tests.conformance;

import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import io.tidemark.revision.etcd.proto.Compare.CompareTarget;

/** Conditions of transactions in few words. */
final class Is {
    private Is() {}

    private static Compare.Builder compare(String key, CompareTarget target, CompareResult result) {
        return Compare.newBuilder().setKey(Ask.bytes(key)).setTarget(target).setResult(result);
    }

    static Compare.Builder version(String key, CompareResult result, long version) {
        return compare(key, CompareTarget.VERSION, result).setVersion(version);
    }

    static Compare.Builder created(String key, CompareResult result, long revision) {
        return compare(key, CompareTarget.CREATE, result).setCreateRevision(revision);
    }

    static Compare.Builder modified(String key, CompareResult result, long revision) {
        return compare(key, CompareTarget.MOD, result).setModRevision(revision);
    }

    static Compare.Builder value(String key, CompareResult result, String value) {
        return compare(key, CompareTarget.VALUE, result).setValue(Ask.bytes(value));
    }

    static Compare.Builder lease(String key, CompareResult result, long id) {
        return compare(key, CompareTarget.LEASE, result).setLease(id);
    }

    /** The key is there. */
    static Compare.Builder present(String key) {
        return version(key, CompareResult.GREATER, 0);
    }

    /** The key is not there. */
    static Compare.Builder absent(String key) {
        return version(key, CompareResult.EQUAL, 0);
    }
}
