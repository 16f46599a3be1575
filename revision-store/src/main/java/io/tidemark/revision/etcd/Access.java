package io.tidemark.revision.etcd;

import io.tidemark.revision.auth.Identity;
import io.tidemark.revision.machine.Auth;
import io.tidemark.revision.sequencer.Sequencer;
import io.tidemark.revision.store.Image;
import io.vertx.core.MultiMap;

/** Who asks, by the token in a request's metadata. */
record Access(Image image, Tokens tokens) {
    private static final String TOKEN = "token";
    private static final String OF_GATEWAYS = "authorization";
    private static final String BEARER = "Bearer ";

    Identity of(MultiMap metadata) {
        Auth auth = image.auth();
        if (!auth.enabled()) {
            return Identity.NOBODY; // and nobody asks
        }
        String own = metadata.get(TOKEN);
        String shown = own == null ? metadata.get(OF_GATEWAYS) : own;
        if (shown == null) {
            return Identity.NOBODY;
        }
        String token = shown.startsWith(BEARER) ? shown.substring(BEARER.length()) : shown;
        String user = tokens.user(token, auth, Sequencer.now());
        return user == null ? Identity.STRANGER : new Identity(user, auth.revision());
    }
}
