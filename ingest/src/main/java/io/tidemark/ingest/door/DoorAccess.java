package io.tidemark.ingest.door;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the audit doors:
 *
 * <pre>
 *   token set   certificates demanded   let in
 *   no          no                      everybody
 *   yes         no                      who sends the token
 *   no          yes                     who shows a certificate that may speak for the cluster
 *   yes         yes                     who does either
 * </pre>
 *
 * That a certificate is of the client CA and in its time is the TLS handshake's work; here only its name counts.
 */
final class DoorAccess {
    private static final String BEARER = "Bearer ";

    private final String token;
    private final boolean certificates;
    private final Map<String, Set<String>> namesByCluster;

    /**
     * @param token what clients must send as bearer token; empty for none
     * @param certificates whether clients must show a certificate
     * @param clients {@code cluster=common name} each: who may speak for that cluster; a cluster that is not listed is
     *     open to every certificate when nothing is listed at all, and to none otherwise
     */
    DoorAccess(String token, boolean certificates, List<String> clients) {
        this.token = token;
        this.certificates = certificates;
        this.namesByCluster = clients.stream()
                .map(client -> client.split("=", 2))
                .collect(Collectors.groupingBy(
                        client -> client[0], Collectors.mapping(client -> client[1], Collectors.toSet())));
    }

    static boolean isClient(String client) {
        int equals = client.indexOf('=');
        return equals > 0 && equals < client.length() - 1 && ClusterName.isValid(client.substring(0, equals));
    }

    /** Why the request is not let in; null when it is. */
    @Nullable
    Problem refusal(HttpServerRequest request, String cluster) {
        boolean open = token.isEmpty() && !certificates;
        if (open || !token.isEmpty() && isToken(request.getHeader("Authorization"))) {
            return null;
        }
        Optional<String> name = certificates ? commonName(request.sslSession()) : Optional.empty();
        if (name.isEmpty()) {
            return Problem.of(401, "Unauthorized", expected());
        }
        return namesByCluster.isEmpty()
                        || namesByCluster.getOrDefault(cluster, Set.of()).contains(name.get())
                ? null
                : Problem.of(
                        403,
                        "Forbidden",
                        "The certificate of \"" + name.get() + "\" may not speak for cluster " + cluster
                                + ": audit.door.clients has no " + cluster + "=" + name.get() + ".");
    }

    /** The scheme that a client without credentials is told of, or none when only certificates count. */
    Optional<String> challenge() {
        return token.isEmpty() ? Optional.empty() : Optional.of("Bearer realm=\"tidemark audit\"");
    }

    private String expected() {
        String header = "Authorization: expected Bearer with the token of audit.door.token.file";
        String certificate = "a client certificate of the CA in audit.door.client.ca.file";
        if (!certificates) {
            return header + ".";
        }
        return token.isEmpty() ? "Expected " + certificate + "." : header + ", or " + certificate + ".";
    }

    private boolean isToken(@Nullable String header) {
        return header != null
                && header.startsWith(BEARER)
                && MessageDigest.isEqual(
                        header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                        token.getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<String> commonName(@Nullable SSLSession session) {
        try {
            return session != null && session.getPeerCertificates()[0] instanceof X509Certificate certificate
                    ? new LdapName(certificate.getSubjectX500Principal().getName())
                            .getRdns().stream()
                                    .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                                    .map(rdn -> rdn.getValue().toString())
                                    .findFirst()
                    : Optional.empty();
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // none was shown
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a verified certificate has an unreadable subject", e);
        }
    }
}
