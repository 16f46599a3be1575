package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real etcd and the store with the same keys believe each other's tokens, and say the same when one is old. */
@Tag("peers")
class SignedTokensIT {
    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    @TempDir
    private Path folder;

    private Path pem(String name, String kind, Key key) throws IOException {
        String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return Files.writeString(
                folder.resolve(name), "-----BEGIN " + kind + "-----\n" + base64 + "\n-----END " + kind + "-----\n");
    }

    @ParameterizedTest
    @CsvSource({"RS256,RSA,2048", "PS512,RSA,2048", "ES256,EC,256", "EdDSA,Ed25519,255"})
    void oneBelievesTheOther(String algorithm, String kind, int size) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
        generator.initialize(size);
        KeyPair pair = generator.generateKeyPair();
        Path key = pem("key", "PRIVATE KEY", pair.getPrivate());
        Path open = pem("public", "PUBLIC KEY", pair.getPublic());
        String flag = "--auth-token=jwt,sign-method=" + algorithm + ",priv-key=" + key + ",pub-key=" + open;
        Map<String, String> settings = Map.of(
                "etcd.token.sign-method", algorithm,
                "etcd.token.key.file", key.toString(),
                "etcd.token.public-key.file", open.toString());
        try (EtcdProcess etcd = EtcdProcess.with(flag);
                StoreEndpoint store = new StoreEndpoint(LOOPS.vertx(), folder.resolve("image"), settings, null)) {
            String ofEtcd = enabled(etcd.endpoint());
            String ofStore = enabled(store);
            byte[] read = Ask.range("a").build().toByteArray();
            for (String token : List.of(ofEtcd, ofStore)) {
                assertThat(etcd.endpoint().call("etcdserverpb.KV/Range", read, token))
                        .isInstanceOf(Answer.Bytes.class);
                assertThat(store.call("etcdserverpb.KV/Range", read, token)).isInstanceOf(Answer.Bytes.class);
            }
            byte[] role = AuthOnCases.role("late").build().toByteArray();
            etcd.endpoint().call("etcdserverpb.Auth/RoleAdd", role, ofEtcd);
            store.call("etcdserverpb.Auth/RoleAdd", role, ofEtcd);
            Answer old = etcd.endpoint().call("etcdserverpb.KV/Range", read, ofStore);
            assertThat(old).isInstanceOf(Answer.Refusal.class);
            assertThat(store.call("etcdserverpb.KV/Range", read, ofStore)).isEqualTo(old);
            String strange = ofStore.substring(0, ofStore.length() - 10);
            Answer unknown = etcd.endpoint().call("etcdserverpb.KV/Range", read, strange);
            assertThat(unknown).isInstanceOf(Answer.Refusal.class);
            assertThat(store.call("etcdserverpb.KV/Range", read, strange)).isEqualTo(unknown);
        }
    }

    /** Users, then a token of root. */
    private static String enabled(EtcdEndpoint endpoint) {
        Session session = new Session(endpoint);
        SnapshotCases.all().getLast().calls().forEach(session::reply);
        session.reply(Call.of(AuthEnableRequest.getDefaultInstance()));
        Message login = AuthOnCases.login("root", "root").build();
        Answer answer = endpoint.call("etcdserverpb.Auth/Authenticate", login.toByteArray());
        assertThat(answer).isInstanceOf(Answer.Bytes.class);
        return Ask.parsed(AuthenticateResponse.parser(), ((Answer.Bytes) answer).message())
                .getToken();
    }
}
