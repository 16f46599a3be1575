package io.tidemark.tests.conformance;

/** A request and what a real etcd replied. */
record Exchange(Call call, Reply reply) {}
