package io.tidemark.tests.conformance;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.ElectionProto;
import io.tidemark.revision.etcd.proto.LeaderResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What Observe tells, as one message: those of the stream would merge to the last one.
 *
 * <pre>message Observed { repeated v3electionpb.LeaderResponse leaders = 1; }</pre>
 */
final class Observed {
    static final String METHOD = "v3electionpb.Election/Observe";
    static final Descriptor TYPE = type();

    private static final int LEADERS = 1;

    private Observed() {}

    private static Descriptor type() {
        FieldDescriptorProto leaders = FieldDescriptorProto.newBuilder()
                .setName("leaders")
                .setNumber(LEADERS)
                .setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName("." + LeaderResponse.getDescriptor().getFullName())
                .build();
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("observed.proto")
                .setSyntax("proto3")
                .addDependency(ElectionProto.getDescriptor().getName())
                .addMessageType(DescriptorProto.newBuilder().setName("Observed").addField(leaders))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {ElectionProto.getDescriptor()})
                    .findMessageTypeByName("Observed");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest message of an answer. */
    static LeaderResponse last(byte[] observed) {
        try {
            Message all = DynamicMessage.parseFrom(TYPE, observed);
            FieldDescriptor leaders = TYPE.findFieldByNumber(LEADERS);
            Message last = (Message) all.getRepeatedField(leaders, all.getRepeatedFieldCount(leaders) - 1);
            return LeaderResponse.parseFrom(last.toByteString());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not what Observe tells", e);
        }
    }

    /** A message of the stream as the field that it is here. */
    static byte[] field(byte[] message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            out.writeByteArray(LEADERS, message);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory has room", e);
        }
        return bytes.toByteArray();
    }
}
