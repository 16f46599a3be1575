package io.tidemark.deploy.sample;

import java.nio.file.Path;

/**
 * A recorded cluster that the distribution carries.
 *
 * @param name of the cluster and of the keyspace that it becomes
 * @param audit its audit log
 * @param history every revision of its etcd
 */
public record Sample(String name, Path audit, Path history) {}
