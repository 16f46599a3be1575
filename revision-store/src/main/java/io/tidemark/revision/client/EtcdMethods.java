package io.tidemark.revision.client;

import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthEnableResponse;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddResponse;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionResponse;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddResponse;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordRequest;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordResponse;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleResponse;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.CompactionResponse;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeResponse;
import io.tidemark.revision.etcd.proto.HashKVRequest;
import io.tidemark.revision.etcd.proto.HashKVResponse;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LeaseGrantResponse;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveRequest;
import io.tidemark.revision.etcd.proto.LeaseKeepAliveResponse;
import io.tidemark.revision.etcd.proto.LeaseLeasesRequest;
import io.tidemark.revision.etcd.proto.LeaseLeasesResponse;
import io.tidemark.revision.etcd.proto.LeaseRevokeRequest;
import io.tidemark.revision.etcd.proto.LeaseRevokeResponse;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveResponse;
import io.tidemark.revision.etcd.proto.LoadRequest;
import io.tidemark.revision.etcd.proto.LoadResponse;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.RangeResponse;
import io.tidemark.revision.etcd.proto.RangeStreamResponse;
import io.tidemark.revision.etcd.proto.RevisionAtRequest;
import io.tidemark.revision.etcd.proto.RevisionAtResponse;
import io.tidemark.revision.etcd.proto.SnapshotRequest;
import io.tidemark.revision.etcd.proto.SnapshotResponse;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.revision.etcd.proto.TxnResponse;
import io.tidemark.revision.etcd.proto.WatchRequest;
import io.tidemark.revision.etcd.proto.WatchResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;

/** Methods of the etcd API that are asked for here. */
public final class EtcdMethods {
    private static final ServiceName KV = ServiceName.create("etcdserverpb", "KV");
    private static final ServiceName WATCH_SERVICE = ServiceName.create("etcdserverpb", "Watch");
    private static final ServiceName LEASE = ServiceName.create("etcdserverpb", "Lease");
    private static final ServiceName MAINTENANCE = ServiceName.create("etcdserverpb", "Maintenance");
    private static final ServiceName TRANSFER = ServiceName.create("tidemark.v1", "Transfer");
    private static final ServiceName HISTORY = ServiceName.create("tidemark.v1", "History");
    private static final ServiceName AUTH = ServiceName.create("etcdserverpb", "Auth");

    public static final ServiceMethod<RangeResponse, RangeRequest> RANGE =
            method(KV, "Range", RangeResponse.getDefaultInstance());
    public static final ServiceMethod<RangeStreamResponse, RangeRequest> RANGE_STREAM =
            method(KV, "RangeStream", RangeStreamResponse.getDefaultInstance());
    public static final ServiceMethod<PutResponse, PutRequest> PUT =
            method(KV, "Put", PutResponse.getDefaultInstance());
    public static final ServiceMethod<DeleteRangeResponse, DeleteRangeRequest> DELETE_RANGE =
            method(KV, "DeleteRange", DeleteRangeResponse.getDefaultInstance());
    public static final ServiceMethod<TxnResponse, TxnRequest> TXN =
            method(KV, "Txn", TxnResponse.getDefaultInstance());
    public static final ServiceMethod<CompactionResponse, CompactionRequest> COMPACT =
            method(KV, "Compact", CompactionResponse.getDefaultInstance());
    /** A stream in both directions, which ends when its client says nothing more, with etcd. */
    public static final ServiceMethod<WatchResponse, WatchRequest> WATCH =
            method(WATCH_SERVICE, "Watch", WatchResponse.getDefaultInstance());

    public static final ServiceMethod<LeaseGrantResponse, LeaseGrantRequest> LEASE_GRANT =
            method(LEASE, "LeaseGrant", LeaseGrantResponse.getDefaultInstance());
    public static final ServiceMethod<LeaseRevokeResponse, LeaseRevokeRequest> LEASE_REVOKE =
            method(LEASE, "LeaseRevoke", LeaseRevokeResponse.getDefaultInstance());
    /** A stream in both directions; one request, then its end, is answered like any other call. */
    public static final ServiceMethod<LeaseKeepAliveResponse, LeaseKeepAliveRequest> LEASE_KEEP_ALIVE =
            method(LEASE, "LeaseKeepAlive", LeaseKeepAliveResponse.getDefaultInstance());

    public static final ServiceMethod<LeaseTimeToLiveResponse, LeaseTimeToLiveRequest> LEASE_TIME_TO_LIVE =
            method(LEASE, "LeaseTimeToLive", LeaseTimeToLiveResponse.getDefaultInstance());
    public static final ServiceMethod<LeaseLeasesResponse, LeaseLeasesRequest> LEASE_LEASES =
            method(LEASE, "LeaseLeases", LeaseLeasesResponse.getDefaultInstance());
    static final ServiceMethod<AuthenticateResponse, AuthenticateRequest> AUTHENTICATE =
            method(AUTH, "Authenticate", AuthenticateResponse.getDefaultInstance());

    public static final ServiceMethod<AuthEnableResponse, AuthEnableRequest> AUTH_ENABLE =
            method(AUTH, "AuthEnable", AuthEnableResponse.getDefaultInstance());
    public static final ServiceMethod<AuthUserAddResponse, AuthUserAddRequest> USER_ADD =
            method(AUTH, "UserAdd", AuthUserAddResponse.getDefaultInstance());
    public static final ServiceMethod<AuthUserChangePasswordResponse, AuthUserChangePasswordRequest>
            USER_CHANGE_PASSWORD =
                    method(AUTH, "UserChangePassword", AuthUserChangePasswordResponse.getDefaultInstance());
    public static final ServiceMethod<AuthUserGrantRoleResponse, AuthUserGrantRoleRequest> USER_GRANT_ROLE =
            method(AUTH, "UserGrantRole", AuthUserGrantRoleResponse.getDefaultInstance());
    public static final ServiceMethod<AuthRoleAddResponse, AuthRoleAddRequest> ROLE_ADD =
            method(AUTH, "RoleAdd", AuthRoleAddResponse.getDefaultInstance());
    public static final ServiceMethod<AuthRoleGrantPermissionResponse, AuthRoleGrantPermissionRequest>
            ROLE_GRANT_PERMISSION =
                    method(AUTH, "RoleGrantPermission", AuthRoleGrantPermissionResponse.getDefaultInstance());
    public static final ServiceMethod<HashKVResponse, HashKVRequest> HASH_KV =
            method(MAINTENANCE, "HashKV", HashKVResponse.getDefaultInstance());
    public static final ServiceMethod<SnapshotResponse, SnapshotRequest> SNAPSHOT =
            method(MAINTENANCE, "Snapshot", SnapshotResponse.getDefaultInstance());
    public static final ServiceMethod<LoadResponse, LoadRequest> LOAD =
            method(TRANSFER, "Load", LoadResponse.getDefaultInstance());

    public static final ServiceMethod<RevisionAtResponse, RevisionAtRequest> REVISION_AT =
            method(HISTORY, "RevisionAt", RevisionAtResponse.getDefaultInstance());

    private EtcdMethods() {}

    private static <Q extends Message, R extends Message> ServiceMethod<R, Q> method(
            ServiceName service, String name, R answer) {
        return ServiceMethod.client(service, name, GrpcMessageEncoder.encoder(), GrpcMessageDecoder.decoder(answer));
    }
}
