package io.tidemark.revision.etcd;

import io.tidemark.revision.machine.Key;
import io.tidemark.revision.machine.KeyRange;
import io.tidemark.revision.store.ImageFigures;
import io.tidemark.revision.store.View;
import io.tidemark.service.MetricSpec;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * {@code /metrics} of an etcd port in Prometheus' text format. Written here, as the registries in use take an ending like {@code
 * _total} away from gauges, and etcd's gauges have it.
 */
final class MetricsPage {
    /** What a scrape is told that it gets. */
    static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Key LOWEST = Key.of(new byte[] {0});

    private final Store store;
    private final Node node;
    private final CallCounts calls;
    private final OperationCounts operations;

    MetricsPage(Store store, Node node, CallCounts calls, OperationCounts operations) {
        this.store = store;
        this.node = node;
        this.calls = calls;
        this.operations = operations;
    }

    String text() {
        MetricsText out = new MetricsText();
        server(out);
        image(out);
        out.one(EtcdMetric.RANGES, operations.ranges());
        out.one(EtcdMetric.PUTS, operations.puts());
        out.one(EtcdMetric.DELETES, operations.deletes());
        out.one(EtcdMetric.TXNS, operations.txns());
        calls(out);
        ProcessReadings.write(out);
        return out.toString();
    }

    private void server(MetricsText out) {
        boolean isWritten = store.sequencer().state().why().isEmpty();
        out.one(EtcdMetric.HAS_LEADER, isWritten ? 1 : 0);
        out.one(EtcdMetric.IS_LEADER, store.sequencer().isWriting() ? 1 : 0);
        out.one(EtcdMetric.IS_LEARNER, 0);
        out.one(EtcdMetric.PENDING, store.sequencer().queued());
        out.one(EtcdMetric.QUOTA, node.quota());
        out.one(EtcdMetric.VERSION, 1, Node.VERSION);
        out.one(EtcdMetric.CLUSTER_VERSION, 1, Node.CLUSTER_VERSION);
        out.one(EtcdMetric.SERVER_ID, 1, Long.toHexString(node.headers().memberId()));
    }

    private void image(MetricsText out) {
        ImageFigures figures = store.image().figures();
        out.one(EtcdMetric.SIZE, figures.size());
        out.one(EtcdMetric.SIZE_IN_USE, figures.bytesInUse());
        try (View view = store.image().view()) {
            out.one(EtcdMetric.LEADER_CHANGES, view.position().epoch());
            out.one(EtcdMetric.COMMITTED, view.position().nextOffset());
            out.one(EtcdMetric.APPLIED, view.position().nextOffset());
            out.one(EtcdMetric.KEYS, view.count(new KeyRange(LOWEST, LOWEST), 0));
            out.one(EtcdMetric.REVISION, view.revision());
            out.one(EtcdMetric.COMPACTED, view.compacted());
        }
    }

    private void calls(MetricsText out) {
        out.one(EtcdMetric.RECEIVED, sum(CallCounts.OfMethod::bytesReceived));
        out.one(EtcdMetric.SENT, sum(CallCounts.OfMethod::bytesSent));
        out.begin(EtcdMetric.STARTED);
        calls.all().forEach(method -> out.sample(EtcdMetric.STARTED, method.started(), method.tags()));
        out.begin(EtcdMetric.HANDLED);
        calls.all().forEach(method -> handled(method, out));
    }

    private static void handled(CallCounts.OfMethod method, MetricsText out) {
        for (GrpcStatus status : GrpcStatus.values()) {
            long count = method.handledAs(status);
            if (count > 0 || status == GrpcStatus.OK) {
                List<String> tags = method.tags();
                out.sample(EtcdMetric.HANDLED, count, List.of(name(status), tags.get(0), tags.get(1), tags.get(2)));
            }
        }
    }

    private long sum(ToLongFunction<CallCounts.OfMethod> count) {
        return calls.all().mapToLong(count).sum();
    }

    /** As Go writes them, by which alerts look for them. */
    private static String name(GrpcStatus status) {
        return switch (status) {
            case OK -> "OK";
            case CANCELLED -> "Canceled";
            case UNKNOWN -> "Unknown";
            case INVALID_ARGUMENT -> "InvalidArgument";
            case DEADLINE_EXCEEDED -> "DeadlineExceeded";
            case NOT_FOUND -> "NotFound";
            case ALREADY_EXISTS -> "AlreadyExists";
            case PERMISSION_DENIED -> "PermissionDenied";
            case RESOURCE_EXHAUSTED -> "ResourceExhausted";
            case FAILED_PRECONDITION -> "FailedPrecondition";
            case ABORTED -> "Aborted";
            case OUT_OF_RANGE -> "OutOfRange";
            case UNIMPLEMENTED -> "Unimplemented";
            case INTERNAL -> "Internal";
            case UNAVAILABLE -> "Unavailable";
            case DATA_LOSS -> "DataLoss";
            case UNAUTHENTICATED -> "Unauthenticated";
        };
    }

    /** Lines of the text format. */
    static final class MetricsText {
        private final StringBuilder text = new StringBuilder();

        void begin(MetricSpec metric) {
            text.append("# HELP ")
                    .append(metric.metricName())
                    .append(' ')
                    .append(metric.help())
                    .append('\n');
            String type = metric.type() == MetricSpec.Type.COUNTER ? "counter" : "gauge";
            text.append("# TYPE ")
                    .append(metric.metricName())
                    .append(' ')
                    .append(type)
                    .append('\n');
        }

        /** @param tagValues in the order of the metric's tags, without anything that has to be escaped */
        void sample(MetricSpec metric, Number value, List<String> tagValues) {
            text.append(metric.metricName());
            for (int i = 0; i < tagValues.size(); i++) {
                text.append(i == 0 ? '{' : ',')
                        .append(metric.tags().get(i).name())
                        .append("=\"")
                        .append(tagValues.get(i))
                        .append('"');
            }
            text.append(tagValues.isEmpty() ? " " : "} ").append(value).append('\n');
        }

        void one(MetricSpec metric, Number value, String... tagValues) {
            begin(metric);
            sample(metric, value, List.of(tagValues));
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
