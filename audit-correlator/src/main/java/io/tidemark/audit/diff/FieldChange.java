package io.tidemark.audit.diff;

import org.jspecify.annotations.Nullable;

/**
 * One changed field, or one added or removed subtree named by its root.
 *
 * <p>Paths join members by dots; a member that is no identifier is quoted: {@code metadata.labels["app.kubernetes.io/name"]}.
 * An element of a list with keys is named by them, {@code containers[name=web]}, {@code ports[containerPort=80,protocol=TCP]}
 * (a key's value is quoted when it has unusual characters, a key that the element lacks is left out), a member of a set by
 * its value, {@code finalizers["example.com/hold"]} or {@code codes[=42]}, any other element by its position, {@code [3]}.
 *
 * @param path where
 * @param beforeJson JSON text before, as the API server wrote it; null when the field was absent. Texts beyond the bound of
 *     {@link DiffLimits} are replaced by a JSON string: their beginning and {@code … (n bytes, sha256:<hex>)}, where n and the
 *     hash are of the whole JSON text
 * @param afterJson JSON text after; null when the field is absent
 */
public record FieldChange(
        String path, @Nullable String beforeJson, @Nullable String afterJson) {}
