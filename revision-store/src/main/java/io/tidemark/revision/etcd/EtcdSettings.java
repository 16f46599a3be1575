package io.tidemark.revision.etcd;

import java.time.Duration;

/**
 * Where the port is, and what it may take.
 *
 * @param name of the node, for people
 * @param host address to listen on
 * @param port to listen on; 0 for any that is free
 * @param eventLoops connections are spread over these
 * @param quota bytes that the store may take, to be told
 * @param tokens how users are known again
 * @param readThreads lists that are read at the same time
 * @param readsWaiting lists that may wait for a thread; further ones are refused
 * @param patience how long the log may take to answer
 * @param slow calls that take as long are told of in the process's log
 */
public record EtcdSettings(
        String name,
        String host,
        int port,
        int eventLoops,
        long quota,
        Tokens tokens,
        int readThreads,
        int readsWaiting,
        Duration patience,
        Duration slow) {
    /**
     * How users are known again.
     *
     * @param ttl for so long a token holds after it was used
     * @param cost of the hash of a password; each one more doubles the work
     */
    public record Tokens(Duration ttl, int cost) {}
}
