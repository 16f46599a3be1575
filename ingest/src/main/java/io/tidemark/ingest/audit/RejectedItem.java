package io.tidemark.ingest.audit;

import org.jspecify.annotations.Nullable;

/**
 * An item or line that was refused while its neighbours were not.
 *
 * @param auditId auditID when it could be read
 * @param reason machine-readable reason
 * @param message field, what was found, what was expected; never a part of a body
 * @param position where it stood: items[17]; empty for a line
 * @param sizeBytes its size
 */
public record RejectedItem(
        @Nullable String auditId, RejectReason reason, String message, String position, int sizeBytes)
        implements ReadItem {}
