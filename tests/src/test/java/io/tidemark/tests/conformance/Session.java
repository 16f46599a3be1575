package io.tidemark.tests.conformance;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.AuthenticateRequest;
import io.tidemark.revision.etcd.proto.AuthenticateResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The requests of one program, with the tokens that users got on the way. */
final class Session {
    private static final String AUTHENTICATE = "etcdserverpb.Auth/Authenticate";

    private final EtcdEndpoint endpoint;
    /** The newest one of each user. */
    private final Map<String, String> tokens = new HashMap<>();

    Session(EtcdEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** To all of them, in their order. */
    List<Reply> replies(List<Call> calls) {
        Reply[] replies = new Reply[calls.size()];
        Map<Integer, Talk> begun = new TreeMap<>();
        for (int i = 0; i < replies.length; i++) {
            Call call = calls.get(i);
            if (call.later().equals(Later.NOT)) {
                replies[i] = reply(call);
            } else {
                begun.put(i, begin(call));
            }
            goOn(calls, i, begun, replies);
        }
        if (!begun.isEmpty()) {
            throw new IllegalArgumentException("requests that nobody waits for: " + begun.keySet());
        }
        return List.of(replies);
    }

    private Talk begin(Call call) {
        String token = tokens.getOrDefault(call.as(), call.as());
        return endpoint.begin(call.method().path(), call.request().toByteArray(), token);
    }

    private static void goOn(List<Call> calls, int now, Map<Integer, Talk> begun, Reply... replies) {
        begun.entrySet().removeIf(one -> {
            int since = now - one.getKey();
            Call call = calls.get(one.getKey());
            one.getValue().awaitHeard(call.later().heard(since));
            boolean due = since == call.later().after();
            if (due) {
                replies[one.getKey()] = Normalised.reply(call, answer(call, one.getValue()));
            }
            return due;
        });
    }

    private static Answer answer(Call call, Talk talk) {
        if (call.later().leaves()) {
            talk.leave();
        }
        Answer answer = talk.answer().join();
        boolean left = answer instanceof Answer.Refusal refusal && refusal.code() == Status.Code.CANCELLED;
        return call.method().isEndless() && left ? new Answer.Bytes(talk.told()) : answer;
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
