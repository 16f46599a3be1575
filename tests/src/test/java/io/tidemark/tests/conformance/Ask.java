package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tidemark.revision.etcd.proto.AuthEnableRequest;
import io.tidemark.revision.etcd.proto.AuthRoleAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserAddRequest;
import io.tidemark.revision.etcd.proto.AuthUserGrantRoleRequest;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import io.tidemark.revision.etcd.proto.CompactionRequest;
import io.tidemark.revision.etcd.proto.DeleteRangeRequest;
import io.tidemark.revision.etcd.proto.LeaseGrantRequest;
import io.tidemark.revision.etcd.proto.LeaseLeasesRequest;
import io.tidemark.revision.etcd.proto.LeaseRevokeRequest;
import io.tidemark.revision.etcd.proto.LeaseTimeToLiveRequest;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.revision.etcd.proto.PutResponse;
import io.tidemark.revision.etcd.proto.RangeRequest;
import io.tidemark.revision.etcd.proto.WatchCreateRequest;
import java.nio.charset.StandardCharsets;

/** Requests in few words. Keys and values are texts of which each character is one byte. */
final class Ask {
    /** As a range's end: every key from its beginning on. */
    static final String OPEN = "\0";

    private Ask() {}

    static ByteString bytes(String text) {
        return ByteString.copyFrom(text, StandardCharsets.ISO_8859_1);
    }

    /** Bytes that are known to be such a message. */
    static <M> M parsed(Parser<M> parser, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not the message that it should be", e);
        }
    }

    /** Whatever a server answers to a request that has one method. */
    static Answer answer(EtcdEndpoint server, Message.Builder request) {
        Message message = request.build();
        return server.call(EtcdMethod.taking(message).path(), message.toByteArray());
    }

    /** The same of a request that must not be refused. */
    static byte[] done(EtcdEndpoint server, Message.Builder request) {
        Answer answer = answer(server, request);
        assertThat(answer).as("%s", request).isInstanceOf(Answer.Bytes.class);
        return ((Answer.Bytes) answer).message();
    }

    static <M> M done(EtcdEndpoint server, Message.Builder request, Parser<M> answer) {
        return parsed(answer, done(server, request));
    }

    /** Adds the user root with a password, and has users asked for from now on. */
    static void enableUsers(EtcdEndpoint server, String password) {
        done(server, AuthUserAddRequest.newBuilder().setName("root").setPassword(password));
        done(server, AuthRoleAddRequest.newBuilder().setName("root"));
        done(server, AuthUserGrantRoleRequest.newBuilder().setUser("root").setRole("root"));
        done(server, AuthEnableRequest.newBuilder());
    }

    /** A token of the user root. */
    static String token(EtcdEndpoint server, String password) {
        AuthenticateRequest.Builder request =
                AuthenticateRequest.newBuilder().setName("root").setPassword(password);
        return done(server, request, AuthenticateResponse.parser()).getToken();
    }

    static RangeRequest.Builder range(String key) {
        return RangeRequest.newBuilder().setKey(bytes(key));
    }

    static RangeRequest.Builder range(String key, String end) {
        return range(key).setRangeEnd(bytes(end));
    }

    static RangeRequest.Builder everything() {
        return range("\0", OPEN);
    }

    /** Writes a key; at which revision. */
    static long write(EtcdEndpoint server, String key, String value) {
        return done(server, put(key, value), PutResponse.parser()).getHeader().getRevision();
    }

    /** To be told of all keys that begin so. */
    static WatchCreateRequest.Builder watch(String prefix) {
        byte[] end = bytes(prefix).toByteArray();
        end[end.length - 1]++;
        return WatchCreateRequest.newBuilder().setKey(bytes(prefix)).setRangeEnd(ByteString.copyFrom(end));
    }

    static PutRequest.Builder put(String key, String value) {
        return PutRequest.newBuilder().setKey(bytes(key)).setValue(bytes(value));
    }

    static DeleteRangeRequest.Builder delete(String key) {
        return DeleteRangeRequest.newBuilder().setKey(bytes(key));
    }

    static DeleteRangeRequest.Builder delete(String key, String end) {
        return delete(key).setRangeEnd(bytes(end));
    }

    static CompactionRequest.Builder compact(long revision) {
        return CompactionRequest.newBuilder().setRevision(revision);
    }

    static LeaseGrantRequest.Builder grant(long id, long seconds) {
        return LeaseGrantRequest.newBuilder().setID(id).setTTL(seconds);
    }

    static LeaseRevokeRequest.Builder revoke(long id) {
        return LeaseRevokeRequest.newBuilder().setID(id);
    }

    static LeaseTimeToLiveRequest.Builder timeToLive(long id) {
        return LeaseTimeToLiveRequest.newBuilder().setID(id).setKeys(true);
    }

    static LeaseLeasesRequest.Builder leases() {
        return LeaseLeasesRequest.newBuilder();
    }
}
