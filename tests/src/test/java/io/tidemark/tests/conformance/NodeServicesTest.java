package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.grpc.Status;
import io.tidemark.revision.etcd.proto.ExtensionRequest;
import io.tidemark.revision.etcd.proto.HealthCheckRequest;
import io.tidemark.revision.etcd.proto.HealthCheckResponse;
import io.tidemark.revision.etcd.proto.HealthCheckResponse.ServingStatus;
import io.tidemark.revision.etcd.proto.HealthListRequest;
import io.tidemark.revision.etcd.proto.HealthListResponse;
import io.tidemark.revision.etcd.proto.ListServiceResponse;
import io.tidemark.revision.etcd.proto.ServerReflectionRequest;
import io.tidemark.revision.etcd.proto.ServerReflectionResponse;
import io.tidemark.revision.etcd.proto.ServiceResponse;
import io.tidemark.revision.log.AppendRefusedException;
import io.tidemark.revision.log.AppendUnknownException;
import io.tidemark.revision.log.ForwardingLog;
import io.tidemark.revision.log.MemoryLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the port tells of itself by gRPC's own services: how it does, and what it serves. */
class NodeServicesTest {
    private static final String HEALTH = "grpc.health.v1.Health/";
    private static final String REFLECTION = "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";
    private static final AtomicBoolean REFUSES = new AtomicBoolean();

    @TempDir
    private static Path folder;

    @RegisterExtension
    private static final EventLoops LOOPS = new EventLoops();

    private static StoreEndpoint store;

    @BeforeAll
    static void begin() {
        store = new StoreEndpoint(
                LOOPS.vertx(),
                folder,
                (keyspace, codec) -> new RefusingLog(new MemoryLog(codec.key())),
                Map.of("kv.retry.pause", "50ms"));
    }

    @AfterAll
    static void end() throws Exception {
        store.close();
    }

    @Test
    void theServerServesAndOtherServicesAreUnknown() throws InvalidProtocolBufferException {
        assertThat(check(""))
                .isInstanceOfSatisfying(
                        Answer.Bytes.class,
                        bytes -> assertThat(bytes.message()).isEqualTo(response(ServingStatus.SERVING)));
        assertThat(check("etcdserverpb.KV")).isEqualTo(new Answer.Refusal(Status.Code.NOT_FOUND, "unknown service"));
        byte[] list = ((Answer.Bytes) store.call(
                        HEALTH + "List", HealthListRequest.getDefaultInstance().toByteArray()))
                .message();
        assertThat(HealthListResponse.parseFrom(list).getStatusesMap())
                .containsExactly(Map.entry("", HealthCheckResponse.parseFrom(response(ServingStatus.SERVING))));
    }

    private static Answer check(String service) {
        return store.call(HEALTH + "Check", service(service));
    }

    private static byte[] service(String name) {
        return HealthCheckRequest.newBuilder().setService(name).build().toByteArray();
    }

    private static byte[] response(ServingStatus status) {
        return HealthCheckResponse.newBuilder().setStatus(status).build().toByteArray();
    }

    @Test
    void aWatchTellsWhenNobodyWritesAndWhenSomebodyDoesAgain() throws InvalidProtocolBufferException {
        Iterator<byte[]> watch = store.messages(HEALTH + "Watch", service(""));
        Iterator<byte[]> unknown = store.messages(HEALTH + "Watch", service("etcdserverpb.KV"));
        assertThat(next(watch)).isEqualTo(ServingStatus.SERVING);
        assertThat(next(unknown)).isEqualTo(ServingStatus.SERVICE_UNKNOWN);

        REFUSES.set(true);
        assertThat(store.call("etcdserverpb.KV/Put", Ask.put("a", "x").build().toByteArray()))
                .isInstanceOf(Answer.Refusal.class);
        assertThat(next(watch)).isEqualTo(ServingStatus.NOT_SERVING);

        REFUSES.set(false);
        assertThat(next(watch)).isEqualTo(ServingStatus.SERVING);
    }

    private static ServingStatus next(Iterator<byte[]> watch) throws InvalidProtocolBufferException {
        return HealthCheckResponse.parseFrom(watch.next()).getStatus();
    }

    @Test
    void everyServiceIsListedWithTheMethodsThatAreServed() throws Exception {
        ListServiceResponse list = reflect(ServerReflectionRequest.newBuilder().setListServices("*"))
                .getFirst()
                .getListServicesResponse();

        List<String> missing = new ArrayList<>();
        int methods = 0;
        for (ServiceResponse service : list.getServiceList()) {
            for (MethodDescriptor method : described(service.getName())) {
                methods++;
                String path = service.getName() + "/" + method.getName();
                // bytes that are no message: what is served says so, or answers without a look at them
                if (!method.isServerStreaming()
                        && store.call(path, new byte[] {7}) instanceof Answer.Refusal refusal
                        && refusal.code() == Status.Code.UNIMPLEMENTED) {
                    missing.add(path);
                }
            }
        }

        assertThat(list.getServiceList().stream().map(ServiceResponse::getName))
                .contains(
                        "etcdserverpb.KV",
                        "etcdserverpb.Auth",
                        "grpc.health.v1.Health",
                        "grpc.reflection.v1.ServerReflection")
                .isSorted();
        assertThat(methods).isGreaterThan(35);
        assertThat(missing).isEmpty();
    }

    /** Methods by the descriptors that reflection tells, which stand for themselves. */
    private static List<MethodDescriptor> described(String service) throws Exception {
        ServerReflectionResponse answer = reflect(
                        ServerReflectionRequest.newBuilder().setFileContainingSymbol(service))
                .getFirst();
        List<FileDescriptorProto> files = new ArrayList<>();
        for (var bytes : answer.getFileDescriptorResponse().getFileDescriptorProtoList()) {
            files.add(FileDescriptorProto.parseFrom(bytes));
        }
        FileDescriptor file = built(files.getFirst(), files);
        return file.findServiceByName(service.substring(service.lastIndexOf('.') + 1))
                .getMethods();
    }

    private static FileDescriptor built(FileDescriptorProto file, List<FileDescriptorProto> all)
            throws DescriptorValidationException {
        List<FileDescriptor> imports = new ArrayList<>();
        for (FileDescriptorProto other : all) {
            if (file.getDependencyList().contains(other.getName())) {
                imports.add(built(other, all));
            }
        }
        return FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new));
    }

    @Test
    void aStreamIsToldEachImportedFileOnceAndWhatThereIsNot() throws Exception {
        List<ServerReflectionResponse> answers = reflect(
                ServerReflectionRequest.newBuilder().setFileContainingSymbol("etcdserverpb.KV.Put"),
                ServerReflectionRequest.newBuilder().setFileContainingSymbol("etcdserverpb.LeaseGrantRequest.TTL"),
                ServerReflectionRequest.newBuilder().setFileByFilename("io/tidemark/revision/etcd/header.proto"),
                ServerReflectionRequest.newBuilder().setFileContainingSymbol("etcdserverpb.Maintenance.MoveLeader"),
                ServerReflectionRequest.newBuilder().setAllExtensionNumbersOfType("mvccpb.KeyValue"),
                ServerReflectionRequest.newBuilder()
                        .setFileContainingExtension(
                                ExtensionRequest.newBuilder().setContainingType("mvccpb.KeyValue")));

        assertThat(answers.stream()
                        .map(ServerReflectionResponse::getFileDescriptorResponse)
                        .map(files -> files.getFileDescriptorProtoCount()))
                .containsExactly(3, 1, 1, 0, 0, 0);
        assertThat(answers.get(3).getErrorResponse().getErrorCode()).isEqualTo(Status.Code.NOT_FOUND.value());
        assertThat(answers.get(4).getAllExtensionNumbersResponse().getBaseTypeName())
                .isEqualTo("mvccpb.KeyValue");
        assertThat(answers.get(5).getErrorResponse().getErrorCode()).isEqualTo(Status.Code.NOT_FOUND.value());
    }

    private static List<ServerReflectionResponse> reflect(ServerReflectionRequest.Builder... requests)
            throws InvalidProtocolBufferException {
        List<ServerReflectionResponse> answers = new ArrayList<>();
        List<byte[]> messages = Stream.of(requests)
                .map(ServerReflectionRequest.Builder::build)
                .map(Message::toByteArray)
                .toList();
        for (byte[] answer : store.conversation(REFLECTION, messages)) {
            answers.add(ServerReflectionResponse.parseFrom(answer));
        }
        return answers;
    }

    /** Refuses what is appended while it is told to. */
    private static final class RefusingLog extends ForwardingLog {
        RefusingLog(MemoryLog log) {
            super(log);
        }

        @Override
        public long append(List<byte[]> values) throws AppendRefusedException, AppendUnknownException {
            if (REFUSES.get()) {
                throw new AppendRefusedException("told to", null);
            }
            return super.append(values);
        }
    }
}
