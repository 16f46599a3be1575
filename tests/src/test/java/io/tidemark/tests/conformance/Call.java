package io.tidemark.tests.conformance;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;

/**
 * One request of a program.
 *
 * @param as the user whose newest token goes with it, or a text that is no token; empty for none
 * @param later when its answer is waited for
 */
record Call(EtcdMethod method, DynamicMessage request, String as, Later later) {
    static Call of(Message request) {
        return to(EtcdMethod.taking(request), request);
    }

    static Call to(EtcdMethod method, Message request) {
        try {
            return new Call(
                    method, DynamicMessage.parseFrom(method.requestType(), request.toByteString()), "", Later.NOT);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(request + " is no request of " + method.path(), e);
        }
    }

    /** What {@link #toString} tells, back to the request. */
    static Call parse(String text) {
        int at = text.indexOf(" {");
        EtcdMethod method = EtcdMethod.at(text.substring(0, at));
        DynamicMessage.Builder request = DynamicMessage.newBuilder(method.requestType());
        try {
            TextFormat.merge(text.substring(at + 2, text.lastIndexOf('}')), request);
        } catch (TextFormat.ParseException e) {
            throw new IllegalArgumentException("no request: " + text, e);
        }
        return new Call(method, request.build(), "", Later.NOT);
    }

    Call as(String user) {
        return new Call(method, request, user, later);
    }

    Call later(Later when) {
        return new Call(method, request, as, when);
    }

    /** For people: bytes as text where they are text. */
    @Override
    public String toString() {
        return method.path() + " {"
                + TextFormat.printer().emittingSingleLine(true).printToString(request) + "}";
    }
}
