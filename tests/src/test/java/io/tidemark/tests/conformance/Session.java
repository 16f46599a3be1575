package io.tidemark.tests.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import java.util.HashMap;
import java.util.Map;

/** The requests of one program, with the tokens that users got on the way. */
final class Session {
    private static final String AUTHENTICATE = "etcdserverpb.Auth/Authenticate";

    private final EtcdEndpoint endpoint;
    /** The newest one of each user. */
    private final Map<String, String> tokens = new HashMap<>();

    Session(EtcdEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    Reply reply(Call call) {
        String token = tokens.getOrDefault(call.as(), call.as());
        Answer answer = endpoint.call(call.method().path(), call.request().toByteArray(), token);
        if (call.method().path().equals(AUTHENTICATE) && answer instanceof Answer.Bytes bytes) {
            keep(call, bytes.message());
        }
        return Normalised.reply(call, answer);
    }

    private void keep(Call call, byte[] answer) {
        try {
            tokens.put(
                    AuthenticateRequest.parseFrom(call.request().toByteString()).getName(),
                    AuthenticateResponse.parseFrom(answer).getToken());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("no answer to " + call, e);
        }
    }
}
