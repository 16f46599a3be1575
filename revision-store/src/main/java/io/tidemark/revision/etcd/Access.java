package io.tidemark.revision.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.Image;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, by the token in a request's metadata, or else by the client's certificate.
 *
 * @param certified whether the certificate's common name is a user
 */
record Access(Image image, Tokens tokens, boolean certified) {
    /** Where clients put a token. */
    static final String TOKEN = "token";
    /** Where gateways do. */
    static final String AUTHORIZATION = "authorization";

    private static final String BEARER = "Bearer ";

    Identity of(Wire wire) {
        Auth auth = image.auth();
        if (!auth.enabled()) {
            return Identity.NOBODY; // and nobody asks
        }
        String shown = shown(wire.metadata());
        if (shown == null) {
            return certified(wire.commonName(), auth);
        }
        String token = shown.startsWith(BEARER) ? shown.substring(BEARER.length()) : shown;
        return tokens.of(token, auth, Sequencer.now());
    }

    private static @Nullable String shown(MultiMap metadata) {
        String own = metadata.get(TOKEN);
        return own == null ? metadata.get(AUTHORIZATION) : own;
    }

    /** Whether the client's certificate tells who asks, with this metadata. */
    boolean isByCertificate(MultiMap metadata) {
        return isByCertificate() && shown(metadata) == null;
    }

    /** One without a name is of a user that nobody knows, as in etcd. */
    private Identity certified(@Nullable String commonName, Auth auth) {
        return certified && commonName != null ? new Identity(commonName, auth.revision()) : Identity.NOBODY;
    }

    /** Whether certificates tell users now. */
    boolean isByCertificate() {
        return certified && image.auth().enabled();
    }
}
