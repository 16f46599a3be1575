package io.tidemark.audit.diff;

/** Which members at the top of an object are no matter of a diff. */
enum RootMembers {
    /**
     * The object itself. Its metadata is compared apart; apiVersion and kind are left out where one side lacks them, as
     * items of lists do, or where there is no other side at all.
     */
    OBJECT {
        @Override
        boolean skipped(Slices members, int index) {
            return members.named(index, "metadata");
        }

        @Override
        boolean skippedAlone(Slices members, int index) {
            return members.named(index, "apiVersion") || members.named(index, "kind");
        }
    },
    /** Its metadata, where these three change with every write and say nothing of their own. */
    METADATA {
        @Override
        boolean skipped(Slices members, int index) {
            return members.named(index, "managedFields")
                    || members.named(index, "resourceVersion")
                    || members.named(index, "generation");
        }

        @Override
        boolean skippedAlone(Slices members, int index) {
            return false;
        }
    };

    /** Never compared here. */
    abstract boolean skipped(Slices members, int index);

    /** Not reported as added or removed. */
    abstract boolean skippedAlone(Slices members, int index);
}
