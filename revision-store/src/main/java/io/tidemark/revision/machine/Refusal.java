package io.tidemark.revision.machine;

/**
 * Why a command was refused. Clients compare the texts byte for byte: they are etcd's ({@code api/v3rpc/rpctypes/error.go}),
 * as are the kinds, which name gRPC's codes.
 */
public enum Refusal {
    KEY_NOT_PROVIDED(Kind.INVALID_ARGUMENT, "etcdserver: key is not provided"),
    KEY_NOT_FOUND(Kind.INVALID_ARGUMENT, "etcdserver: key not found"),
    VALUE_PROVIDED(Kind.INVALID_ARGUMENT, "etcdserver: value is provided"),
    LEASE_PROVIDED(Kind.INVALID_ARGUMENT, "etcdserver: lease is provided"),
    TOO_MANY_OPERATIONS(Kind.INVALID_ARGUMENT, "etcdserver: too many operations in txn request"),
    DUPLICATE_KEY(Kind.INVALID_ARGUMENT, "etcdserver: duplicate key given in txn request"),
    REQUEST_TOO_LARGE(Kind.INVALID_ARGUMENT, "etcdserver: request is too large"),
    INVALID_SORT_OPTION(Kind.INVALID_ARGUMENT, "etcdserver: invalid sort option"),
    COMPACTED(Kind.OUT_OF_RANGE, "etcdserver: mvcc: required revision has been compacted"),
    FUTURE_REVISION(Kind.OUT_OF_RANGE, "etcdserver: mvcc: required revision is a future revision"),
    LEASE_TTL_TOO_LARGE(Kind.OUT_OF_RANGE, "etcdserver: too large lease TTL"),
    NO_SPACE(Kind.RESOURCE_EXHAUSTED, "etcdserver: mvcc: database space exceeded"),
    CORRUPT(Kind.DATA_LOSS, "etcdserver: corrupt cluster"),
    LEASE_NOT_FOUND(Kind.NOT_FOUND, "etcdserver: requested lease not found"),
    LEASE_EXISTS(Kind.FAILED_PRECONDITION, "etcdserver: lease already exists"),
    USER_EMPTY(Kind.INVALID_ARGUMENT, "etcdserver: user name is empty"),
    ROLE_EMPTY(Kind.INVALID_ARGUMENT, "etcdserver: role name is empty"),
    PERMISSION_NOT_GIVEN(Kind.INVALID_ARGUMENT, "etcdserver: permission not given"),
    INVALID_AUTH_MANAGEMENT(Kind.INVALID_ARGUMENT, "etcdserver: invalid auth management"),
    AUTH_FAILED(Kind.INVALID_ARGUMENT, "etcdserver: authentication failed, invalid user ID or password"),
    AUTH_REVISION_OLD(Kind.INVALID_ARGUMENT, "etcdserver: revision of auth store is old"),
    AUTH_NOT_ENABLED(Kind.FAILED_PRECONDITION, "etcdserver: authentication is not enabled"),
    ROOT_USER_NOT_EXIST(Kind.FAILED_PRECONDITION, "etcdserver: root user does not exist"),
    ROOT_ROLE_NOT_EXIST(Kind.FAILED_PRECONDITION, "etcdserver: root user does not have root role"),
    USER_ALREADY_EXISTS(Kind.FAILED_PRECONDITION, "etcdserver: user name already exists"),
    USER_NOT_FOUND(Kind.FAILED_PRECONDITION, "etcdserver: user name not found"),
    ROLE_ALREADY_EXISTS(Kind.FAILED_PRECONDITION, "etcdserver: role name already exists"),
    ROLE_NOT_FOUND(Kind.FAILED_PRECONDITION, "etcdserver: role name not found"),
    ROLE_NOT_GRANTED(Kind.FAILED_PRECONDITION, "etcdserver: role is not granted to the user"),
    PERMISSION_NOT_GRANTED(Kind.FAILED_PRECONDITION, "etcdserver: permission is not granted to the role"),
    INVALID_AUTH_TOKEN(Kind.UNAUTHENTICATED, "etcdserver: invalid auth token"),
    /** Of what etcd does not have. */
    OTHER_REVISION(Kind.FAILED_PRECONDITION, "tidemark: the keyspace is not at the expected revision"),
    /** Of what etcd does not have. */
    DOES_NOT_FOLLOW(Kind.INVALID_ARGUMENT, "tidemark: a loaded version does not follow from what is before it"),
    PERMISSION_DENIED(Kind.PERMISSION_DENIED, "etcdserver: permission denied"),
    /** etcd has no code for it. */
    NO_PASSWORD_USER(Kind.UNKNOWN, "auth: authentication failed, password was given for no password user");

    /** The gRPC code that goes with a text. */
    public enum Kind {
        INVALID_ARGUMENT,
        OUT_OF_RANGE,
        NOT_FOUND,
        RESOURCE_EXHAUSTED,
        DATA_LOSS,
        UNAUTHENTICATED,
        PERMISSION_DENIED,
        UNKNOWN,
        FAILED_PRECONDITION
    }

    private final Kind kind;
    private final String text;

    Refusal(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    public Kind kind() {
        return kind;
    }

    public String text() {
        return text;
    }
}
