package io.tidemark.query.trace;

import io.tidemark.schema.audit.Span;
import java.util.List;

/**
 * What spans say together and none of them alone.
 *
 * @param deletion why the object asked for went, see {@link DeletionCauses}; empty while it exists as far as known
 * @param restorations changes that brought an earlier state back, oldest first
 * @param retries attempts that belong together, of all objects in the answer, oldest first
 * @param mentions Kubernetes Events about other objects that name the object asked for, oldest first
 * @param mentionsOmitted further ones that are left out because of a limit
 */
public record Explanation(
        List<Cause> deletion,
        List<Restoration> restorations,
        List<Retries> retries,
        List<Span> mentions,
        long mentionsOmitted) {
    public Explanation {
        deletion = List.copyOf(deletion);
        restorations = List.copyOf(restorations);
        retries = List.copyOf(retries);
        mentions = List.copyOf(mentions);
    }

    /**
     * One link of the chain that led to a deletion.
     *
     * @param why how it led to the link before
     * @param object what was deleted
     * @param request the request, or part in a collection's deletion, that asked for it
     */
    public record Cause(Why why, Span object, Span request) {}

    /** How a deletion came. */
    public enum Why {
        /** Somebody asked for it. */
        REQUESTED,
        /** The garbage collector followed the deletion of an owner. */
        OWNER_DELETED,
        /** The namespace controller emptied a namespace that was being deleted. */
        NAMESPACE_DELETED,
        /** The API server removed the objects of a CustomResourceDefinition that was being deleted; it audits none of it. */
        DEFINITION_DELETED
    }

    /**
     * A change after which the object is again as an earlier one had left it.
     *
     * @param by the change
     * @param restored the request that had made that state
     * @param revision the Deployment's revision number of that state; empty when there is none or it was not seen
     */
    public record Restoration(Span by, Span restored, String revision) {}

    /**
     * Requests of one caller for the same, each after the failure of the one before.
     *
     * @param attempts at least two, oldest first
     */
    public record Retries(List<Span> attempts) {
        public Retries {
            attempts = List.copyOf(attempts);
        }
    }
}
