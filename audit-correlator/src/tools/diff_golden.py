#!/usr/bin/env python3
"""Writes what ObjectDiff must find between recorded versions, worked out apart from it and from its tables.

    diff_golden.py <swagger.json> <audit.jsonl[.gz]> > src/test/resources/io/tidemark/audit/diff/golden.jsonl

Input: the OpenAPI v2 document that kubernetes_tables.py takes, and a recorded audit log. Output: one line per pair of
consecutive versions of an object, {"object": kind and uid, "before", "after": resourceVersions, "changes": [[path, before,
after]]} with JSON texts, null for absent. At most 10 pairs per kind, spread over its pairs.
"""
import gzip
import json
import re
import sys

NOISE = ("managedFields", "resourceVersion", "generation")
META = {"$ref": "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"}


def versions(path):
    objects = {}
    with (gzip.open if path.endswith(".gz") else open)(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            event = json.loads(line)
            body = event.get("responseObject") or {}
            meta = body.get("metadata") or {}
            if (event["verb"] in ("create", "update", "patch", "delete") and event["stage"] == "ResponseComplete"
                    and 200 <= event["responseStatus"]["code"] < 300 and meta.get("uid") and meta.get("resourceVersion")):
                objects.setdefault(f'{body["kind"]} {meta["uid"]}', {})[int(meta["resourceVersion"])] = body
    return objects


class Schema:
    def __init__(self, document):
        self.definitions = document["definitions"]
        self.roots = {}
        for name, schema in self.definitions.items():
            gvks = schema.get("x-kubernetes-group-version-kind", [])
            if len(gvks) == 1:
                gvk = gvks[0]
                version = "/".join(filter(None, (gvk["group"], gvk["version"])))
                self.roots[version, gvk["kind"]] = schema

    def resolve(self, schema):
        if schema and "$ref" in schema:
            return self.definitions[schema["$ref"].removeprefix("#/definitions/")]
        return schema

    def root(self, body):
        known = self.roots.get((body.get("apiVersion"), body.get("kind")))
        return known or {"properties": {"metadata": META}, "open": True}

    def field(self, schema, name):
        """Schema of a field; None when nothing is known of it."""
        schema = self.resolve(schema)
        if schema is None:
            return None
        if name in schema.get("properties", {}):
            return schema["properties"][name]
        if isinstance(schema.get("additionalProperties"), dict):
            return schema["additionalProperties"]
        free = schema.get("open") or (schema.get("type") == "object" and "properties" not in schema)
        return None if free else {}


def member(path, name):
    if re.fullmatch(r"[A-Za-z_]\w*", name, re.A):
        return f"{path}.{name}" if path else name
    return f"{path}[{json.dumps(name, ensure_ascii=False)}]"


def bare(value):
    if not isinstance(value, str):
        return json.dumps(value)
    return value if re.fullmatch(r"[\w./:+@-]+", value, re.A) else json.dumps(value, ensure_ascii=False)


def by(elements, keys, defaults):
    labels = {}
    for element in elements:
        if not isinstance(element, dict) or not any(key in element for key in keys):
            return None
        values = {key: element.get(key, defaults.get(key)) for key in keys}
        label = ",".join(f"{key}={bare(value)}" for key, value in values.items() if value is not None)
        if label in labels:
            return None
        labels[label] = element
    return labels


def guessed(elements, key):
    if not all(isinstance(e, dict) and isinstance(e.get(key), str) for e in elements):
        return None
    return by(elements, [key], {})


def labelled(old, new, schema):
    """Both lists as label -> element, or None."""
    if schema is None:
        ways = [lambda elements, key=key: guessed(elements, key) for key in ("name", "type", "key")]
    elif schema.get("x-kubernetes-list-map-keys") or schema.get("x-kubernetes-patch-merge-key"):
        keys = schema.get("x-kubernetes-list-map-keys") or [schema["x-kubernetes-patch-merge-key"]]
        ways = [lambda elements: by(elements, keys, {"protocol": "TCP"})]
    else:
        ways = [lambda elements: {json.dumps(e, ensure_ascii=False): e for e in elements}]
    for way in ways:
        pair = way(old), way(new)
        if None not in pair:
            return pair
    return None


def diff(schemas, old, new, schema, path, changes):
    if old == new and type(old) is type(new):
        return
    if isinstance(old, dict) and isinstance(new, dict):
        for name in list(old) + [n for n in new if n not in old]:
            side(schemas, old, new, name, schemas.field(schema, name), member(path, name), changes)
        return
    atomic = schema is not None and not (
        schema.get("x-kubernetes-list-map-keys") or schema.get("x-kubernetes-patch-merge-key")
        or schema.get("x-kubernetes-list-type") == "set")
    if isinstance(old, list) and isinstance(new, list) and not atomic:
        items = None if schema is None else schema["items"]
        pair = labelled(old, new, schema)
        if pair:
            before, after = pair
            for label in list(before) + [n for n in after if n not in before]:
                side(schemas, before, after, label, items, f"{path}[{label}]", changes)
            return
        if len(old) == len(new):
            for i, (a, b) in enumerate(zip(old, new)):
                diff(schemas, a, b, items, f"{path}[{i}]", changes)
            return
    changes.append((path, text(old), text(new)))


def side(schemas, old, new, name, schema, path, changes):
    if name in old and name in new:
        diff(schemas, old[name], new[name], schema, path, changes)
    else:
        changes.append((path, text(old[name]) if name in old else None, text(new[name]) if name in new else None))


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def quiet(body):
    body = dict(body)
    meta = {name: value for name, value in body.pop("metadata", {}).items() if name not in NOISE}
    return {"metadata": meta, **body}


def main():
    with open(sys.argv[1], encoding="utf-8") as document:
        schemas = Schema(json.load(document))
    kinds = {}
    for name, bodies in sorted(versions(sys.argv[2]).items()):
        numbers = sorted(bodies)
        for a, b in zip(numbers, numbers[1:]):
            kinds.setdefault(bodies[b]["kind"], []).append((name, a, b, bodies[a], bodies[b]))
    lines = []
    for pairs in kinds.values():
        for name, a, b, old, new in pairs[:: -(-len(pairs) // 10)]:
            changes = []
            diff(schemas, quiet(old), quiet(new), schemas.root(new), "", changes)
            lines.append(text({"object": name, "before": a, "after": b, "changes": changes}))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
