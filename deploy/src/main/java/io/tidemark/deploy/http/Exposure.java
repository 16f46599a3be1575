package io.tidemark.deploy.http;

import io.tidemark.deploy.StartFailure;
import io.tidemark.deploy.StartFailure.Kind;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who can reach an address. */
public final class Exposure {
    private Exposure() {}

    /**
     * Refuses what would put a port without TLS on a network without anybody having said so.
     *
     * @param part whose settings they are, as in {@code http.host}
     * @param insecure whether somebody said so
     * @throws StartFailure INSECURE_LISTEN
     */
    public static void guard(String part, String host, boolean tls, boolean insecure) {
        if (!tls && !insecure && !isLoopback(part, host)) {
            throw new StartFailure(
                    Kind.INSECURE_LISTEN,
                    part + ".host " + host + " can be reached from other machines, and there is no TLS",
                    "set " + part + ".tls.cert.file and " + part
                            + ".tls.key.file; or --insecure-listen, when something in"
                            + " front of Tidemark keeps others out");
        }
    }

    private static boolean isLoopback(String part, String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new StartFailure(
                    Kind.INSECURE_LISTEN,
                    part + ".host " + host + " is no address of this machine",
                    "set " + part + ".host to an address or name of this machine, or leave it at 127.0.0.1",
                    e);
        }
    }
}
