package io.tidemark.revision.cli;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.Event;
import io.tidemark.revision.etcd.proto.KeyValue;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveResponse;
import io.tidemark.revision.etcd.proto.LeaseLeasesResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeResponse;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.ResponseHeader;
import io.tidemark.revision.etcd.proto.ResponseOp;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.io.PrintStream;

/** Everything of an answer, a field a line: {@code "Count" : 2}. */
final class FieldsPrinter implements Printer {
    private final PrintStream out;
    private final boolean hex;

    /** @param hex ids in hexadecimal */
    FieldsPrinter(PrintStream out, boolean hex) {
        this.out = out;
        this.hex = hex;
    }

    @Override
    public void range(RangeResponse answer) {
        header(answer.getHeader());
        answer.getKvsList().forEach(one -> keyValue("", one));
        field("More", answer.getMore());
        field("Count", answer.getCount());
    }

    @Override
    public void put(PutResponse answer) {
        header(answer.getHeader());
        if (answer.hasPrevKv()) {
            keyValue("Prev", answer.getPrevKv());
        }
    }

    @Override
    public void delete(DeleteRangeResponse answer) {
        header(answer.getHeader());
        field("Deleted", answer.getDeleted());
        answer.getPrevKvsList().forEach(one -> keyValue("Prev", one));
    }

    @Override
    public void txn(TxnResponse answer) {
        header(answer.getHeader());
        field("Succeeded", answer.getSucceeded());
        for (ResponseOp part : answer.getResponsesList()) {
            switch (part.getResponseCase()) {
                case RESPONSE_RANGE -> range(part.getResponseRange());
                case RESPONSE_PUT -> put(part.getResponsePut());
                case RESPONSE_DELETE_RANGE -> delete(part.getResponseDeleteRange());
                case RESPONSE_TXN -> txn(part.getResponseTxn());
                case RESPONSE_NOT_SET -> {}
            }
        }
    }

    @Override
    public void watched(WatchResponse answer) {
        header(answer.getHeader());
        for (Event event : answer.getEventsList()) {
            field("Type", event.getType());
            if (event.hasPrevKv()) {
                keyValue("Prev", event.getPrevKv());
            }
            keyValue("", event.getKv());
        }
    }

    @Override
    public void granted(LeaseGrantResponse answer) {
        header(answer.getHeader());
        field("ID", lease(answer.getID()));
        field("TTL", answer.getTTL());
    }

    @Override
    public void revoked(long lease, LeaseRevokeResponse answer) {
        header(answer.getHeader());
    }

    @Override
    public void keptAlive(LeaseKeepAliveResponse answer) {
        header(answer.getHeader());
        field("ID", lease(answer.getID()));
        field("TTL", answer.getTTL());
    }

    @Override
    public void timeToLive(LeaseTimeToLiveResponse answer, boolean keys) {
        header(answer.getHeader());
        field("ID", lease(answer.getID()));
        field("TTL", answer.getTTL());
        field("GrantedTTL", answer.getGrantedTTL());
        answer.getKeysList().forEach(key -> field("Key", GoText.quote(key)));
    }

    @Override
    public void leases(LeaseLeasesResponse answer) {
        header(answer.getHeader());
        answer.getLeasesList().forEach(each -> field("ID", lease(each.getID())));
    }

    @Override
    public void gone(long lease) {
        // no answer, no fields
    }

    private void header(ResponseHeader header) {
        field("ClusterID", id(header.getClusterId()));
        field("MemberID", id(header.getMemberId()));
        if (header.getRevision() > 0) {
            field("Revision", header.getRevision());
        }
        field("RaftTerm", Long.toUnsignedString(header.getRaftTerm()));
    }

    private void keyValue(String prefix, KeyValue one) {
        text(prefix + "Key", one.getKey());
        field(prefix + "CreateRevision", one.getCreateRevision());
        field(prefix + "ModRevision", one.getModRevision());
        field(prefix + "Version", one.getVersion());
        text(prefix + "Value", one.getValue());
        field(prefix + "Lease", lease(one.getLease()));
    }

    private void text(String name, ByteString bytes) {
        field(name, GoText.quote(bytes));
    }

    private String id(long id) {
        return hex ? Long.toHexString(id) : Long.toUnsignedString(id);
    }

    private String lease(long id) {
        return hex ? LeaseId.print(id) : Long.toString(id);
    }

    private void field(String name, Object value) {
        out.print("\"" + name + "\" : " + value + "\n");
    }
}
