package io.tidemark.watch.etcd;

import io.tidemark.revision.machine.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reasons as etcd gives them for a watcher that is refused: as its Go library writes an error of gRPC. */
final class Refusals {
    private Refusals() {}

    /** Of a revision that is more than a watcher may be told at once. */
    static String tooLarge(long revision) {
        return "tidemark: revision " + revision
                + " wrote more than watch.history.revision.bytes lets be told at once; list the keys and watch from behind it,"
                + " or without prev_kv";
    }

    /** {@code rpc error: code = PermissionDenied desc = etcdserver: permission denied}. */
    static String asGo(Refusal refusal) {
        String code = Arrays.stream(refusal.kind().name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        return "rpc error: code = " + code + " desc = " + refusal.text();
    }
}
