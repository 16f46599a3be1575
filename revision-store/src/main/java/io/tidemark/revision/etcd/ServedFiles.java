package io.tidemark.revision.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.tidemark.revision.etcd.proto.AuthProto;
import io.tidemark.revision.etcd.proto.ClusterProto;
import io.tidemark.revision.etcd.proto.ElectionProto;
import io.tidemark.revision.etcd.proto.HealthProto;
import io.tidemark.revision.etcd.proto.HistoryProto;
import io.tidemark.revision.etcd.proto.KvProto;
import io.tidemark.revision.etcd.proto.LeaseProto;
import io.tidemark.revision.etcd.proto.LockProto;
import io.tidemark.revision.etcd.proto.MaintenanceProto;
import io.tidemark.revision.etcd.proto.ReflectionProto;
import io.tidemark.revision.etcd.proto.TransferProto;
import io.tidemark.revision.etcd.proto.WatchProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The .proto files of the port, without the methods and services that are not served. */
final class ServedFiles {
    /** Every file with a service; what these import is found from them. */
    static final List<FileDescriptor> WITH_SERVICES = List.of(
            KvProto.getDescriptor(),
            LeaseProto.getDescriptor(),
            WatchProto.getDescriptor(),
            LockProto.getDescriptor(),
            ElectionProto.getDescriptor(),
            MaintenanceProto.getDescriptor(),
            ClusterProto.getDescriptor(),
            AuthProto.getDescriptor(),
            HealthProto.getDescriptor(),
            ReflectionProto.getDescriptor(),
            TransferProto.getDescriptor(),
            HistoryProto.getDescriptor());

    private final Set<String> served;
    private final Set<String> services = new TreeSet<>();
    private final Set<String> messages = new HashSet<>();
    private final Map<String, File> byName = new HashMap<>();
    private final Map<String, File> bySymbol = new HashMap<>();

    /** @param imports names of the files that it needs */
    record File(String name, List<String> imports, ByteString descriptor) {}

    /** @param served methods as gRPC names them, {@code package.Service/Method} */
    ServedFiles(Set<String> served) {
        this.served = served;
        WITH_SERVICES.forEach(this::add);
    }

    /** Every method of these files, served or not, in the order of their names. */
    static SortedMap<String, MethodDescriptor> methods() {
        SortedMap<String, MethodDescriptor> methods = new TreeMap<>();
        WITH_SERVICES.stream()
                .flatMap(file -> file.getServices().stream())
                .flatMap(service -> service.getMethods().stream())
                .forEach(method -> methods.put(name(method), method));
        return methods;
    }

    /** As gRPC names it, {@code package.Service/Method}. */
    static String name(MethodDescriptor method) {
        return method.getService().getFullName() + "/" + method.getName();
    }

    /** Full names of the services that are served, in order. */
    Set<String> services() {
        return services;
    }

    @Nullable
    File named(String name) {
        return byName.get(name);
    }

    /** The file that declares a message, field, enum, service or method by this full name. */
    @Nullable
    File declaring(String symbol) {
        return bySymbol.get(symbol);
    }

    boolean hasMessage(String name) {
        return messages.contains(name);
    }

    private void add(FileDescriptor descriptor) {
        if (byName.containsKey(descriptor.getName())) {
            return;
        }
        File file = new File(
                descriptor.getName(),
                descriptor.getDependencies().stream()
                        .map(FileDescriptor::getName)
                        .toList(),
                pruned(descriptor).toByteString());
        byName.put(file.name(), file);
        descriptor.getMessageTypes().forEach(message -> index(message, file));
        descriptor.getEnumTypes().forEach(type -> index(type, file));
        descriptor.getServices().forEach(service -> index(service, file));
        descriptor.getDependencies().forEach(this::add);
    }

    private FileDescriptorProto pruned(FileDescriptor descriptor) {
        FileDescriptorProto.Builder file = descriptor.toProto().toBuilder().clearService();
        for (ServiceDescriptor service : descriptor.getServices()) {
            ServiceDescriptorProto.Builder left = service.toProto().toBuilder().clearMethod();
            service.getMethods().stream().filter(this::isServed).forEach(method -> left.addMethod(method.toProto()));
            if (left.getMethodCount() > 0) {
                file.addService(left);
            }
        }
        return file.build();
    }

    private boolean isServed(MethodDescriptor method) {
        return served.contains(name(method));
    }

    private void index(ServiceDescriptor service, File file) {
        for (MethodDescriptor method : service.getMethods()) {
            if (isServed(method)) {
                put(method, file);
                put(service, file);
                services.add(service.getFullName());
            }
        }
    }

    private void index(Descriptor message, File file) {
        put(message, file);
        messages.add(message.getFullName());
        message.getFields().forEach(field -> put(field, file));
        message.getNestedTypes().forEach(nested -> index(nested, file));
        message.getEnumTypes().forEach(type -> index(type, file));
    }

    private void index(EnumDescriptor type, File file) {
        put(type, file);
        type.getValues().forEach(value -> put(value, file));
    }

    private void put(GenericDescriptor declared, File file) {
        bySymbol.put(declared.getFullName(), file);
    }
}
