package io.tidemark.jetcd;

import static io.tidemark.jetcd.Asking.bytes;
import static io.tidemark.jetcd.Asking.done;
import static io.tidemark.jetcd.Asking.refused;
import static io.tidemark.jetcd.Asking.text;
import static io.tidemark.jetcd.Asking.texts;

import io.etcd.jetcd.Auth;
import io.etcd.jetcd.Client;
import io.etcd.jetcd.auth.Permission;
import io.etcd.jetcd.lock.LockResponse;

/** Auth: as nobody, as root, as a user with some permissions. */
final class Users {
    private static final long SECONDS = 600;

    private final String endpoint;
    private final Client nobody;
    private final Telling telling;

    Users(String endpoint, Client nobody, Telling telling) {
        this.endpoint = endpoint;
        this.nobody = nobody;
        this.telling = telling;
    }

    void use() {
        enable();
        try (Client root = client("root");
                Client ann = client("ann")) {
            Auth auth = root.getAuthClient();
            telling.tell(
                    "users",
                    done(auth.userList()).getUsers(),
                    done(auth.roleList()).getRoles());
            telling.tell("nobody", refused(nobody.getKVClient().get(bytes("kv/a"))));
            telling.tell(
                    "who may read",
                    texts(done(ann.getKVClient().get(bytes("kv/a"))).getKvs()));
            telling.tell("who may not write", refused(ann.getKVClient().put(bytes("kv/a"), bytes("x"))));
            long lease = done(root.getLeaseClient().grant(SECONDS)).getID();
            telling.tell("who may not lock", refused(ann.getLockClient().lock(bytes("locked"), lease)));
            LockResponse held = done(root.getLockClient().lock(bytes("locked"), lease));
            telling.tell("who may", text(held.getKey()).startsWith("locked/"));
            done(auth.authDisable());
        }
        telling.tell(
                "nobody again",
                texts(done(nobody.getKVClient().get(bytes("kv/a"))).getKvs()));
    }

    private void enable() {
        Auth auth = nobody.getAuthClient();
        done(auth.userAdd(bytes("root"), bytes("secret")));
        done(auth.roleAdd(bytes("root")));
        done(auth.userGrantRole(bytes("root"), bytes("root")));
        done(auth.userAdd(bytes("ann"), bytes("secret")));
        done(auth.roleAdd(bytes("reader")));
        done(auth.roleGrantPermission(bytes("reader"), bytes("kv/"), bytes("kv0"), Permission.Type.READ));
        done(auth.userGrantRole(bytes("ann"), bytes("reader")));
        done(auth.authEnable());
    }

    private Client client(String user) {
        return Client.builder()
                .endpoints(endpoint)
                .user(bytes(user))
                .password(bytes("secret"))
                .build();
    }
}
