package io.tidemark.tests.conformance;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import com.google.protobuf.Message;
import io.tidemark.revision.etcd.proto.AuthProto;
import io.tidemark.revision.etcd.proto.ClusterProto;
import io.tidemark.revision.etcd.proto.ElectionProto;
import io.tidemark.revision.etcd.proto.KvProto;
import io.tidemark.revision.etcd.proto.LeaseProto;
import io.tidemark.revision.etcd.proto.LockProto;
import io.tidemark.revision.etcd.proto.MaintenanceProto;
import io.tidemark.revision.etcd.proto.WatchProto;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A method of the etcd API. */
record EtcdMethod(MethodDescriptor descriptor) {
    private static final List<EtcdMethod> ALL = Stream.of(
                    KvProto.getDescriptor(),
                    LeaseProto.getDescriptor(),
                    MaintenanceProto.getDescriptor(),
                    ClusterProto.getDescriptor(),
                    AuthProto.getDescriptor(),
                    WatchProto.getDescriptor(),
                    LockProto.getDescriptor(),
                    ElectionProto.getDescriptor())
            .flatMap(file -> file.getServices().stream())
            .map(ServiceDescriptor::getMethods)
            .flatMap(List::stream)
            .map(EtcdMethod::new)
            .toList();
    private static final Map<String, EtcdMethod> BY_PATH =
            ALL.stream().collect(Collectors.toMap(EtcdMethod::path, Function.identity()));
    // of two that take the same, the one that does not stream
    private static final Map<Descriptor, EtcdMethod> BY_REQUEST =
            ALL.stream().collect(Collectors.toMap(EtcdMethod::requestType, Function.identity(), (one, other) -> one));

    /** The method that gRPC knows as {@code package.Service/Method}. */
    static EtcdMethod at(String path) {
        EtcdMethod method = BY_PATH.get(path);
        if (method == null) {
            throw new IllegalArgumentException("no method " + path + "; there are " + BY_PATH.keySet());
        }
        return method;
    }

    /** The unary method that takes such a request. */
    static EtcdMethod taking(Message request) {
        EtcdMethod method = BY_REQUEST.get(request.getDescriptorForType());
        if (method == null) {
            throw new IllegalArgumentException(
                    "no method takes a " + request.getDescriptorForType().getFullName());
        }
        return method;
    }

    String path() {
        return descriptor.getService().getFullName() + "/" + descriptor.getName();
    }

    Descriptor requestType() {
        return descriptor.getInputType();
    }

    /** Whether it answers with one message after another, for as long as the client listens. */
    boolean isEndless() {
        return path().equals(Observed.METHOD);
    }

    /** Of the message that all of an answer come to. */
    Descriptor responseType() {
        return isEndless() ? Observed.TYPE : descriptor.getOutputType();
    }
}
