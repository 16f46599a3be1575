package io.tidemark.revision.transfer;

import com.google.protobuf.Message;
import io.tidemark.revision.client.EtcdClient;
import io.tidemark.revision.client.EtcdMethods;
import io.tidemark.revision.client.RefusedException;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthRoleGrantPermissionRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserChangePasswordRequest;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.Permission;
import io.tidemark.revision.etcd.proto.Role;
import io.tidemark.revision.etcd.proto.User;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import java.io.IOException;
import java.util.Base64;

/** Users and roles of a file, with the hashes of their passwords. Can be done again when it was interrupted. */
final class UsersRestore {
    private final EtcdClient client;
    private final EtcdFile file;

    UsersRestore(EtcdClient client, EtcdFile file) {
        this.client = client;
        this.file = file;
    }

    /** @return how many users there are in the file */
    int run() throws IOException, InterruptedException {
        for (Role role : file.roles()) {
            add(role);
        }
        int users = 0;
        for (User user : file.users()) {
            add(user);
            users++;
        }
        if (file.isAuthEnabled()) {
            ask(EtcdMethods.AUTH_ENABLE, AuthEnableRequest.getDefaultInstance());
        }
        return users;
    }

    private void add(Role role) throws InterruptedException {
        String name = role.getName().toStringUtf8();
        ask(EtcdMethods.ROLE_ADD, AuthRoleAddRequest.newBuilder().setName(name).build());
        for (Permission permission : role.getKeyPermissionList()) {
            ask(
                    EtcdMethods.ROLE_GRANT_PERMISSION,
                    AuthRoleGrantPermissionRequest.newBuilder()
                            .setName(name)
                            .setPerm(permission)
                            .build());
        }
    }

    private void add(User user) throws InterruptedException {
        String name = user.getName().toStringUtf8();
        ask(
                EtcdMethods.USER_ADD,
                AuthUserAddRequest.newBuilder()
                        .setName(name)
                        .setOptions(user.getOptions())
                        .build());
        if (!user.getPassword().isEmpty()) {
            // a hash that comes with a new user is not looked at, as in etcd
            String hash = Base64.getEncoder().encodeToString(user.getPassword().toByteArray());
            ask(
                    EtcdMethods.USER_CHANGE_PASSWORD,
                    AuthUserChangePasswordRequest.newBuilder()
                            .setName(name)
                            .setHashedPassword(hash)
                            .build());
        }
        for (String role : user.getRolesList()) {
            ask(
                    EtcdMethods.USER_GRANT_ROLE,
                    AuthUserGrantRoleRequest.newBuilder()
                            .setUser(name)
                            .setRole(role)
                            .build());
        }
    }

    /** What is so already is refused, and so it will do. */
    private <Q extends Message, R extends Message> void ask(ServiceMethod<R, Q> method, Q request)
            throws InterruptedException {
        try {
            client.ask(method, request);
        } catch (RefusedException e) {
            if (e.status() != GrpcStatus.FAILED_PRECONDITION) {
                throw e;
            }
        }
    }
}
