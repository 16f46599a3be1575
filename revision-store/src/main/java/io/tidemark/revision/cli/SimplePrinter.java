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
import io.tidemark.revision.etcd.proto.ResponseOp;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.etcd.proto.WatchResponse;
import java.io.PrintStream;

/** Keys and values as they are, a line each. */
final class SimplePrinter implements Printer {
    private final PrintStream out;
    private final boolean hex;
    private final boolean valuesOnly;

    /** @param hex each byte in hexadecimal */
    SimplePrinter(PrintStream out, boolean hex, boolean valuesOnly) {
        this.out = out;
        this.hex = hex;
        this.valuesOnly = valuesOnly;
    }

    @Override
    public void range(RangeResponse answer) {
        answer.getKvsList().forEach(this::keyValue);
    }

    @Override
    public void put(PutResponse answer) {
        out.print("OK\n");
        if (answer.hasPrevKv()) {
            keyValue(answer.getPrevKv());
        }
    }

    @Override
    public void delete(DeleteRangeResponse answer) {
        out.print(answer.getDeleted() + "\n");
        answer.getPrevKvsList().forEach(this::keyValue);
    }

    @Override
    public void txn(TxnResponse answer) {
        out.print(answer.getSucceeded() ? "SUCCESS\n" : "FAILURE\n");
        for (ResponseOp part : answer.getResponsesList()) {
            out.print("\n");
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
        for (Event event : answer.getEventsList()) {
            out.print(event.getType() + "\n");
            if (event.hasPrevKv()) {
                keyValue(event.getPrevKv());
            }
            keyValue(event.getKv());
        }
    }

    private void keyValue(KeyValue one) {
        if (!valuesOnly) {
            line(one.getKey());
        }
        line(one.getValue());
    }

    private void line(ByteString bytes) {
        if (hex) {
            out.print(GoText.hex(bytes));
        } else {
            out.writeBytes(bytes.toByteArray());
        }
        out.print("\n");
    }

    @Override
    public void granted(LeaseGrantResponse answer) {
        out.print("lease " + LeaseId.print(answer.getID()) + " granted with TTL(" + answer.getTTL() + "s)\n");
    }

    @Override
    public void revoked(long lease, LeaseRevokeResponse answer) {
        out.print("lease " + LeaseId.print(lease) + " revoked\n");
    }

    @Override
    public void keptAlive(LeaseKeepAliveResponse answer) {
        out.print("lease " + LeaseId.print(answer.getID()) + " keepalived with TTL(" + answer.getTTL() + ")\n");
    }

    @Override
    public void timeToLive(LeaseTimeToLiveResponse answer, boolean keys) {
        out.print("lease " + LeaseId.print(answer.getID()));
        if (answer.getGrantedTTL() == 0 && answer.getTTL() == -1) {
            out.print(" already expired\n");
            return;
        }
        out.print(" granted with TTL(" + answer.getGrantedTTL() + "s), remaining(" + answer.getTTL() + "s)");
        if (keys) {
            out.print(", attached keys([");
            for (int i = 0; i < answer.getKeysCount(); i++) {
                out.print(i == 0 ? "" : " ");
                out.writeBytes(answer.getKeys(i).toByteArray());
            }
            out.print("])");
        }
        out.print("\n");
    }

    @Override
    public void leases(LeaseLeasesResponse answer) {
        out.print("found " + answer.getLeasesCount() + " leases\n");
        answer.getLeasesList().forEach(lease -> out.print(LeaseId.print(lease.getID()) + "\n"));
    }

    @Override
    public void gone(long lease) {
        out.print("lease " + LeaseId.print(lease) + " expired or revoked.\n");
    }
}
