package io.tidemark.revision;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The host that clients are told to come to. */
final class AdvertisedHost {
    private AdvertisedHost() {}

    /** What is configured, or where it listens; every address is none that one could come to, the machine's name is. */
    static String of(String configured, String listening) {
        if (!configured.isEmpty()) {
            return configured;
        }
        try {
            return InetAddress.getByName(listening).isAnyLocalAddress()
                    ? InetAddress.getLocalHost().getHostName()
                    : listening;
        } catch (UnknownHostException e) {
            return listening;
        }
    }
}
