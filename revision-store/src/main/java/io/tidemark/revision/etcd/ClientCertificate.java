package io.tidemark.revision.etcd;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Whom the certificate of a client names. */
final class ClientCertificate {
    /** Under this name a session keeps what its certificate was found to say: it is asked for with each call. */
    private static final String KEPT = ClientCertificate.class.getName();

    private ClientCertificate() {}

    /** Null when it shows none; empty when it has no common name. Of several, the last one counts, as in Go. */
    static @Nullable String commonName(@Nullable SSLSession session) {
        if (session == null) {
            return null;
        }
        if (session.getValue(KEPT) instanceof Kept kept) {
            return kept.commonName;
        }
        String name = read(session);
        session.putValue(KEPT, new Kept(name));
        return name;
    }

    private record Kept(@Nullable String commonName) {}

    private static @Nullable String read(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0] instanceof X509Certificate certificate ? commonName(certificate) : null;
        } catch (SSLPeerUnverifiedException e) {
            return null;
        }
    }

    private static String commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(Rdn::getValue)
                            .map(String::valueOf)
                            .reduce("", (first, second) -> second);
        } catch (InvalidNameException e) {
            throw new IllegalStateException("a subject's name is one: " + certificate.getSubjectX500Principal(), e);
        }
    }
}
