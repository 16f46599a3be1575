package io.tidemark.tests.conformance;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tidemark.tests.conformance.Reply.Refused;
import io.tidemark.tests.conformance.Reply.Replied;
import io.tidemark.tests.conformance.Reply.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes out of an answer what differs from one run of the same program to the next, and nothing else:
 *
 * <ul>
 *   <li>numbers that name a process or measure its disk become 1 when they are set: whether they are set is compared;
 *   <li>the member in the text of an alarm becomes 1;
 *   <li>tokens of sixteen letters and a number become {@code token};
 *   <li>versions become {@code version} when they are set;
 *   <li>the id of a lease for which the request left the choice to the server becomes 1 when it is positive, in a key, too;
 *   <li>the seconds left of a lease become those granted when they are at most a minute less;
 *   <li>the keys of a lease, which etcd tells in no order, are sorted.
 * </ul>
 */
final class Normalised {
    private static final long PATIENCE_SECONDS = 60;
    private static final Set<String> OF_THE_PROCESS = Set.of(
            "etcdserverpb.ResponseHeader.cluster_id",
            "etcdserverpb.ResponseHeader.member_id",
            "etcdserverpb.ResponseHeader.raft_term",
            "etcdserverpb.AlarmMember.memberID",
            "etcdserverpb.StatusResponse.dbSize",
            "etcdserverpb.StatusResponse.dbSizeInUse",
            "etcdserverpb.StatusResponse.leader",
            "etcdserverpb.StatusResponse.raftIndex",
            "etcdserverpb.StatusResponse.raftTerm",
            "etcdserverpb.StatusResponse.raftAppliedIndex");
    private static final Set<String> VERSIONS =
            Set.of("etcdserverpb.StatusResponse.version", "etcdserverpb.StatusResponse.storageVersion");

    private Normalised() {}

    static Reply reply(Call call, Answer answer) {
        return switch (answer) {
            case Answer.Refusal refusal -> new Refused(refusal.code(), refusal.text());
            case Answer.Bytes bytes -> read(call, bytes.message());
        };
    }

    private static Reply read(Call call, byte[] bytes) {
        try {
            DynamicMessage message = DynamicMessage.parseFrom(call.method().responseType(), bytes);
            String unknown = unknown(message);
            return unknown.isEmpty()
                    ? new Replied(normalise(call.request(), message.toBuilder()).build())
                    : new Unreadable("fields that are in no .proto file of ours: " + unknown);
        } catch (InvalidProtocolBufferException e) {
            return new Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static String unknown(Message message) {
        String here = message.getUnknownFields().asMap().keySet().stream()
                .map(number -> message.getDescriptorForType().getFullName() + " " + number)
                .collect(Collectors.joining(", "));
        String below = message.getAllFields().values().stream()
                .flatMap(value -> value instanceof List<?> list ? list.stream() : Stream.of(value))
                .filter(Message.class::isInstance)
                .map(value -> unknown((Message) value))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(", "));
        return here + below;
    }

    private static Message.Builder normalise(Message request, Message.Builder message) {
        for (FieldDescriptor field : List.copyOf(message.getAllFields().keySet())) {
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                normaliseBelow(request, message, field);
            } else if (OF_THE_PROCESS.contains(field.getFullName())) {
                message.setField(field, 1L);
            } else if (VERSIONS.contains(field.getFullName())) {
                message.setField(field, "version");
            }
        }
        switch (message.getDescriptorForType().getName()) {
            case "LeaseGrantResponse" -> chosenId(request, message);
            case "LeaseTimeToLiveResponse" -> timeToLive(message);
            case "StatusResponse" -> errors(message);
            case "AuthenticateResponse" -> token(message);
            case "LockResponse" -> leaseOfKey(request, message);
            case "LeaderKey" -> leader(request, message);
            default -> {}
        }
        return message;
    }

    private static void normaliseBelow(Message request, Message.Builder message, FieldDescriptor field) {
        if (!field.isRepeated()) {
            message.setField(
                    field,
                    normalise(request, ((Message) message.getField(field)).toBuilder())
                            .build());
            return;
        }
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
            Message element = (Message) message.getRepeatedField(field, i);
            message.setRepeatedField(
                    field, i, normalise(request, element.toBuilder()).build());
        }
    }

    private static void chosenId(Message request, Message.Builder answer) {
        FieldDescriptor asked = request.getDescriptorForType().findFieldByName("ID");
        FieldDescriptor given = answer.getDescriptorForType().findFieldByName("ID");
        if ((long) request.getField(asked) == 0 && (long) answer.getField(given) > 0) {
            answer.setField(given, 1L);
        }
    }

    /** A key ends with its lease. */
    private static void leaseOfKey(Message request, Message.Builder answer) {
        FieldDescriptor lease = request.getDescriptorForType().findFieldByName("lease");
        if (lease != null && (long) request.getField(lease) == 0) {
            FieldDescriptor key = answer.getDescriptorForType().findFieldByName("key");
            String text = ((ByteString) answer.getField(key)).toString(StandardCharsets.ISO_8859_1);
            answer.setField(key, Ask.bytes(text.replaceFirst("/[1-9a-f][0-9a-f]*$", "/1")));
        }
    }

    private static void leader(Message request, Message.Builder answer) {
        leaseOfKey(request, answer);
        FieldDescriptor asked = request.getDescriptorForType().findFieldByName("lease");
        FieldDescriptor lease = answer.getDescriptorForType().findFieldByName("lease");
        if ((long) request.getField(asked) == 0 && (long) answer.getField(lease) > 0) {
            answer.setField(lease, 1L);
        }
    }

    private static void token(Message.Builder answer) {
        FieldDescriptor token = answer.getDescriptorForType().findFieldByName("token");
        answer.setField(token, ((String) answer.getField(token)).replaceFirst("^[a-zA-Z]{16}[.][0-9]+$", "token"));
    }

    private static void errors(Message.Builder answer) {
        FieldDescriptor errors = answer.getDescriptorForType().findFieldByName("errors");
        answer.setField(
                errors,
                ((List<?>) answer.getField(errors))
                        .stream()
                                .map(error -> error.toString().replaceFirst("memberID:[0-9]+", "memberID:1"))
                                .toList());
    }

    private static void timeToLive(Message.Builder answer) {
        FieldDescriptor left = answer.getDescriptorForType().findFieldByName("TTL");
        FieldDescriptor granted = answer.getDescriptorForType().findFieldByName("grantedTTL");
        FieldDescriptor keys = answer.getDescriptorForType().findFieldByName("keys");
        long seconds = (long) answer.getField(left);
        long most = (long) answer.getField(granted);
        if (seconds > 0 && seconds < most && most - seconds <= PATIENCE_SECONDS) {
            answer.setField(left, most);
        }
        answer.setField(
                keys,
                ((List<?>) answer.getField(keys))
                        .stream()
                                .map(ByteString.class::cast)
                                .sorted(ByteString.unsignedLexicographicalComparator())
                                .toList());
    }
}
