package io.tidemark.watch.etcd;

import io.tidemark.revision.machine.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reasons as etcd gives them for a watcher that is refused: as its Go library writes an error of gRPC. */
final class Refusals {
    private Refusals() {}

    /** {@code rpc error: code = PermissionDenied desc = etcdserver: permission denied}. */
    static String asGo(Refusal refusal) {
        String code = Arrays.stream(refusal.kind().name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return "rpc error: code = " + code + " desc = " + refusal.text();
    }
}
