package io.tidemark.revision.etcd;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tidemark.revision.etcd.ServedFiles.File;
import io.tidemark.revision.etcd.proto.ErrorResponse;
import io.tidemark.revision.etcd.proto.ExtensionNumberResponse;
import io.tidemark.revision.etcd.proto.FileDescriptorResponse;
import io.tidemark.revision.etcd.proto.ListServiceResponse;
import io.tidemark.revision.etcd.proto.ServerReflectionRequest;
import io.tidemark.revision.etcd.proto.ServerReflectionResponse;
import io.tidemark.revision.etcd.proto.ServiceResponse;
import io.vertx.core.buffer.Buffer;
import io.vertx.grpc.common.GrpcStatus;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code grpc.reflection.v1.ServerReflection}: tools such as grpcurl ask which methods there are, and what they take. */
final class ReflectionMethods {
    private static final String INFO = "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

    private final ServedFiles files;

    /** @param served the other methods */
    ReflectionMethods(Set<String> served) {
        Set<String> all = new HashSet<>(served);
        all.add(INFO);
        this.files = new ServedFiles(all);
    }

    Map<String, Streaming> streams() {
        return Map.of(INFO, this::begin);
    }

    private void begin(Call call) {
        Set<String> sent = new HashSet<>();
        call.receive(message -> answer(message, sent, call), call::end);
    }

    /** @param sent names of the files that this stream has had */
    private void answer(Buffer message, Set<String> sent, Call call) {
        try {
            ServerReflectionRequest request = ServerReflectionRequest.parseFrom(message.getBytes());
            ServerReflectionResponse.Builder answer = ServerReflectionResponse.newBuilder()
                    .setValidHost(request.getHost())
                    .setOriginalRequest(request);
            switch (request.getMessageRequestCase()) {
                case LIST_SERVICES -> answer.setListServicesResponse(services());
                case FILE_BY_FILENAME -> file(files.named(request.getFileByFilename()), sent, answer);
                case FILE_CONTAINING_SYMBOL -> file(files.declaring(request.getFileContainingSymbol()), sent, answer);
                case FILE_CONTAINING_EXTENSION -> answer.setErrorResponse(notFound());
                case ALL_EXTENSION_NUMBERS_OF_TYPE -> extensions(request.getAllExtensionNumbersOfType(), answer);
                case MESSAGEREQUEST_NOT_SET -> {
                    call.refuse(GrpcStatus.INVALID_ARGUMENT, "the request asks for nothing that is known here");
                    return;
                }
            }
            call.writeInTurn(answer.build());
        } catch (InvalidProtocolBufferException e) {
            call.refuseUnreadable(e);
        }
    }

    private ListServiceResponse services() {
        ListServiceResponse.Builder list = ListServiceResponse.newBuilder();
        files.services()
                .forEach(name -> list.addService(ServiceResponse.newBuilder().setName(name)));
        return list.build();
    }

    /** The file, and what it imports. */
    private void file(@Nullable File asked, Set<String> sent, ServerReflectionResponse.Builder answer) {
        if (asked == null) {
            answer.setErrorResponse(notFound());
            return;
        }
        FileDescriptorResponse.Builder descriptors = FileDescriptorResponse.newBuilder();
        Deque<File> waiting = new ArrayDeque<>(Set.of(asked));
        for (File file = waiting.poll(); file != null; file = waiting.poll()) {
            if (sent.add(file.name()) || file.equals(asked)) {
                descriptors.addFileDescriptorProto(file.descriptor());
                file.imports().stream().map(files::named).forEach(waiting::add);
            }
        }
        answer.setFileDescriptorResponse(descriptors);
    }

    /** There are none. */
    private void extensions(String message, ServerReflectionResponse.Builder answer) {
        if (files.hasMessage(message)) {
            answer.setAllExtensionNumbersResponse(
                    ExtensionNumberResponse.newBuilder().setBaseTypeName(message));
        } else {
            answer.setErrorResponse(notFound());
        }
    }

    private static ErrorResponse notFound() {
        return ErrorResponse.newBuilder()
                .setErrorCode(GrpcStatus.NOT_FOUND.code)
                .setErrorMessage("not found")
                .build();
    }
}
