#!/usr/bin/env python3
"""Writes the Kubernetes type tables of package io.tidemark.audit.diff from an OpenAPI v2 document.

    kubernetes_tables.py <swagger.json> <output directory>

Input: api/openapi-spec/swagger.json of a Kubernetes release; the committed tables are of release v1.37.2
(github.com/kubernetes/kubernetes, Apache-2.0). Output, sorted, so that a new release gives a readable diff:

list-types.tsv: type, field, shape, child, keys. Only rows that are needed to walk from the kinds of kinds.tsv to lists
that are not atomic. A field without a row holds a scalar, or an object or array in which every list is atomic.
  object  one object of type `child`; `?` is free-form JSON
  values  a map from any string to `child`
  map     a list whose elements (of type `child`, `-` when nothing inside is of interest) are told apart by `keys`,
          comma-separated, with `=default` where there is one; x-kubernetes-list-map-keys, else
          x-kubernetes-patch-merge-key
  set     a list of unique scalars
kinds.tsv: group, version, kind, resource, namespaced (true or false), type (as in list-types.tsv, `-` when it has no rows
there). Kinds that can be listed or created at a collection path.
"""
import json
import sys
from pathlib import Path

PREFIXES = (
    "io.k8s.api.",
    "io.k8s.apimachinery.pkg.apis.",
    "io.k8s.apimachinery.pkg.",
    "io.k8s.apiextensions-apiserver.pkg.apis.",
    "io.k8s.kube-aggregator.pkg.apis.",
    "io.k8s.kubernetes.pkg.apis.",
)
# Defaults of key fields; OpenAPI v2 documents leave them out.
KEY_DEFAULTS = {"protocol": "TCP"}
FREE_FORM = ("runtime.RawExtension", "apiextensions.v1.JSON")


def short(name):
    for prefix in PREFIXES:
        if name.startswith(prefix):
            return name[len(prefix):]
    return name


def reference(schema):
    ref = schema.get("$ref")
    return ref.removeprefix("#/definitions/") if ref else None


def is_free_form(definitions, schema):
    ref = reference(schema)
    if ref:
        if short(ref) in FREE_FORM:
            return True
        schema = definitions[ref]
        if ref.startswith("io.k8s.apiextensions-apiserver") and "type" not in schema and "properties" not in schema:
            return True
    return schema.get("type") == "object" and "properties" not in schema and "additionalProperties" not in schema


def child_of(definitions, schema):
    """Full name of the child's type, `?` for free-form JSON, None for scalars and maps."""
    if is_free_form(definitions, schema):
        return "?"
    ref = reference(schema)
    return ref if ref and "properties" in definitions[ref] else None


def keys_of(prop):
    keys = prop.get("x-kubernetes-list-map-keys") or [prop["x-kubernetes-patch-merge-key"]]
    return ",".join(f"{key}={KEY_DEFAULTS[key]}" if key in KEY_DEFAULTS else key for key in keys)


def row(definitions, prop):
    """(shape, child, keys) of a field, None when nothing can be said."""
    if prop.get("type") == "array":
        child = child_of(definitions, prop["items"])
        if prop.get("x-kubernetes-list-map-keys") or prop.get("x-kubernetes-patch-merge-key"):
            return "map", child, keys_of(prop)
        if prop.get("x-kubernetes-list-type") == "set":
            return "set", None, ""
        return None
    if "additionalProperties" in prop and isinstance(prop["additionalProperties"], dict):
        child = child_of(definitions, prop["additionalProperties"])
        return ("values", child, "") if child else None
    child = child_of(definitions, prop)
    return ("object", child, "") if child else None


def interesting(table):
    """Types from which a list that is not atomic, or free-form JSON, can be reached."""
    found = {
        name for name, fields in table.items()
        if any(shape in ("map", "set") or child == "?" for shape, child, _ in fields.values())
    }
    while True:
        more = {
            name for name, fields in table.items()
            if name not in found and any(child in found for _, child, _ in fields.values())
        }
        if not more:
            return found
        found |= more


def kinds(document):
    definitions = document["definitions"]
    types = {}
    for name, schema in definitions.items():
        gvks = schema.get("x-kubernetes-group-version-kind", [])
        if len(gvks) == 1:
            types[tuple(gvks[0][k] for k in ("group", "version", "kind"))] = name
    found = {}
    for path, operations in document["paths"].items():
        if "{name}" in path or "/watch/" in path:
            continue
        for method in ("get", "post"):
            gvk = operations.get(method, {}).get("x-kubernetes-group-version-kind")
            if not gvk:
                continue
            key = tuple(gvk[k] for k in ("group", "version", "kind"))
            resource = path.rstrip("/").split("/")[-1]
            namespaced = "/namespaces/{namespace}/" in path
            old = found.get(key)
            found[key] = (resource, namespaced or bool(old and old[1]), types.get(key))
    return found


def main():
    document = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    out = Path(sys.argv[2])
    definitions = document["definitions"]
    table = {}
    for name, schema in definitions.items():
        rows = {field: row(definitions, prop) for field, prop in schema.get("properties", {}).items()}
        table[name] = {field: r for field, r in rows.items() if r}
    keep = interesting(table)
    roots = kinds(document)
    reachable, queue = set(), [t for _, _, t in roots.values() if t in keep]
    queue.append(next(n for n in definitions if short(n) == "meta.v1.ObjectMeta"))
    while queue:
        name = queue.pop()
        if name in reachable:
            continue
        reachable.add(name)
        queue += [c for _, c, _ in table[name].values() if c in keep]

    lines = []
    for name in sorted(reachable, key=short):
        for field, (shape, child, keys) in sorted(table[name].items()):
            if shape in ("object", "values") and child != "?" and child not in keep:
                continue
            text = "?" if child == "?" else short(child) if child in keep else "-"
            lines.append("\t".join((short(name), field, shape, text, keys or "-")))
    (out / "list-types.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")

    lines = []
    for (group, version, kind), (resource, namespaced, type_name) in sorted(roots.items()):
        text = short(type_name) if type_name in reachable else "-"
        lines.append("\t".join((group, version, kind, resource, str(namespaced).lower(), text)))
    (out / "kinds.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
