package io.tidemark.revision.store;

import java.nio.charset.StandardCharsets;

/** The column families of an image; {@link StoredKeys} has their keys. */
enum Table {
    /** RocksDB wants one of this name: where the log was applied to, the numbers of the keyspace. */
    META("default"),
    /** Newest versions by key: elements of an answer. */
    LATEST("latest"),
    /** Versions that were overwritten or deleted, by key and descending revision; {@link EndedVersion} says where they are. */
    HISTORY("history"),
    /** The longer ones of them, by the change that ended them. */
    ENDED("ended"),
    /** What was written, by revision. */
    CHANGES("changes"),
    LEASES("leases"),
    /** Which keys hang on which lease. */
    ATTACHMENTS("attachments");

    private final String family;

    Table(String family) {
        this.family = family;
    }

    byte[] family() {
        return family.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether single keys are looked up in it, so that filters pay. */
    boolean isLookedUp() {
        return switch (this) {
            case LATEST, HISTORY, LEASES -> true;
            case META, ENDED, CHANGES, ATTACHMENTS -> false;
        };
    }
}
