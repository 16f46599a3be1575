package io.tidemark.ingest.door;

import java.nio.file.Path;

/**
 * One audit log file that is followed, written {@code cluster=path} in the configuration.
 *
 * @param cluster name of the cluster whose API server writes it
 * @param path where it writes
 */
record FollowedFile(String cluster, Path path) {
    static boolean isValid(String text) {
        int split = text.indexOf('=');
        return split > 0 && split < text.length() - 1 && ClusterName.isValid(text.substring(0, split));
    }

    static FollowedFile parse(String text) {
        int split = text.indexOf('=');
        return new FollowedFile(
                text.substring(0, split), Path.of(text.substring(split + 1)).toAbsolutePath());
    }
}
