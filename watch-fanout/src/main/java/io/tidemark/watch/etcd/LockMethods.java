package io.tidemark.watch.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.tidemark.revision.etcd.Call;
import io.tidemark.revision.etcd.Method;
import io.tidemark.revision.etcd.proto.LockRequest;
import io.tidemark.revision.etcd.proto.LockResponse;
import io.tidemark.revision.etcd.proto.UnlockRequest;
import io.tidemark.revision.etcd.proto.UnlockResponse;
import io.tidemark.revision.machine.Key;
import io.tidemark.watch.lock.Locks;
import java.util.Map;

/** {@code v3lockpb.Lock}. */
final class LockMethods {
    private static final String SERVICE = "v3lockpb.Lock/";

    private final LockService service;

    LockMethods(LockService service) {
        this.service = service;
    }

    Map<String, Method> methods() {
        return Map.of(SERVICE + "Lock", this::lock, SERVICE + "Unlock", this::unlock);
    }

    private void lock(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        LockRequest request = LockRequest.parseFrom(bytes);
        Key name = Key.of(request.getName().toByteArray());
        service.write(
                call,
                bytes.length,
                Locks.lock(name, service.session(request.getLease())),
                held -> LockResponse.newBuilder()
                        .setHeader(service.header(held.revision()))
                        .setKey(UnsafeByteOperations.unsafeWrap(held.key().bytes()))
                        .build());
    }

    private void unlock(byte[] bytes, Call call) throws InvalidProtocolBufferException {
        Key key = Key.of(UnlockRequest.parseFrom(bytes).getKey().toByteArray());
        service.write(
                call,
                bytes.length,
                Locks.unlock(key),
                revision -> UnlockResponse.newBuilder()
                        .setHeader(service.header(revision))
                        .build());
    }
}
