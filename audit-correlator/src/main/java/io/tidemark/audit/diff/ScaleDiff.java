package io.tidemark.audit.diff;

import org.jspecify.annotations.Nullable;

/**
 * What a request to the scale subresource changed of the object that is scaled. Its answer is an autoscaling/v1 Scale under the
 * object's own uid and resourceVersion; {@code spec.replicas} there is {@code spec.replicas} of the object.
 */
public final class ScaleDiff {
    private static final String PATH = "spec.replicas";

    private ScaleDiff() {}

    /**
     * The change of {@code spec.replicas}.
     *
     * @param before the version before: the object itself or a Scale; null or empty when unknown
     * @param after the version after: likewise
     * @return one change or none; none as well when a side is unknown or is no Scale and has no {@code spec.replicas}
     * @throws UnreadableBodyException when a body is no JSON object
     */
    public static Changes between(byte @Nullable [] before, byte @Nullable [] after) {
        String old = replicas(before);
        String now = replicas(after);
        if (old == null || now == null || old.equals(now)) {
            return Changes.NONE;
        }
        ChangeList changes = new ChangeList(DiffLimits.DEFAULT);
        changes.add(PATH, old, now);
        return changes.done();
    }

    /**
     * {@code spec.replicas} of a body as JSON text. A Scale leaves it out when it is 0.
     *
     * @param body an object with {@code spec.replicas}, or a Scale; null or empty when unknown
     * @return null when the body does not tell
     * @throws UnreadableBodyException when the body is no JSON object
     */
    public static @Nullable String replicas(byte @Nullable [] body) {
        if (body == null || body.length == 0) {
            return null;
        }
        Slices root = Slices.root(new JsonText(body));
        int spec = root.find("spec");
        String found = spec == Pairing.NONE || root.first(spec) != '{' ? null : replicas(root, spec);
        return found == null && isScale(root) ? "0" : found;
    }

    private static @Nullable String replicas(Slices root, int spec) {
        Slices members = Slices.members(root.text, root.start(spec));
        int replicas = members.find("replicas");
        return replicas == Pairing.NONE ? null : members.raw(replicas);
    }

    private static boolean isScale(Slices root) {
        int kind = root.find("kind");
        return kind != Pairing.NONE
                && root.first(kind) == '"'
                && root.string(kind).equals("Scale");
    }
}
