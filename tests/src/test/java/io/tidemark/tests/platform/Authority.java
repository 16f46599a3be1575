package io.tidemark.tests.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A certificate authority of its own, made by the JDK's keytool; what it issues are PEM files. */
public final class Authority {
    private static final String PASSWORD = "changeit";

    /** A certificate and its key, PKCS#8. */
    public record Pair(Path certificate, Path key) {}

    private final Path folder;
    private final String name;

    private Authority(Path folder, String name) {
        this.folder = folder;
        this.name = name;
    }

    public static Authority create(Path folder, String name) throws Exception {
        Authority authority = new Authority(folder, name);
        authority.generate(name, "-ext", "bc:c", "-validity", "2");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                name,
                "-file",
                authority.certificate().toString(),
                authority.store(name));
        return authority;
    }

    public Path certificate() {
        return folder.resolve(name + ".crt");
    }

    /** A certificate for this machine's loopback address, or for a client. */
    public Pair issue(String commonName) throws Exception {
        return issue(commonName, "-startdate", "-1H", "-validity", "2");
    }

    Pair issueExpired(String commonName) throws Exception {
        return issue(commonName, "-startdate", "-3d", "-validity", "1");
    }

    private Pair issue(String commonName, String... validity) throws Exception {
        Path request = folder.resolve(commonName + ".csr");
        Path certificate = folder.resolve(commonName + ".crt");
        generate(commonName);
        keytool("-certreq", "-alias", commonName, "-file", request.toString(), store(commonName));
        List<String> sign = new ArrayList<>(List.of(validity));
        sign.addAll(List.of("-gencert", "-rfc", "-alias", name, "-ext", "san=ip:127.0.0.1,dns:localhost"));
        sign.addAll(List.of("-infile", request.toString(), "-outfile", certificate.toString(), store(name)));
        keytool(sign.toArray(String[]::new));
        return new Pair(certificate, exportKey(commonName));
    }

    private void generate(String alias, String... more) throws Exception {
        Files.deleteIfExists(folder.resolve(alias + ".p12"));
        List<String> words = new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=" + alias));
        words.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        words.addAll(List.of(more));
        words.add(store(alias));
        keytool(words.toArray(String[]::new));
    }

    private String store(String alias) {
        return folder.resolve(alias + ".p12").toString();
    }

    private Path exportKey(String alias) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(alias + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(alias, PASSWORD.toCharArray()).getEncoded();
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
        return Files.writeString(
                folder.resolve(alias + ".key"),
                "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    }

    /** Runs keytool; the last word is the key store. */
    private static void keytool(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words).subList(0, words.length - 1));
        command.addAll(List.of("-keystore", words[words.length - 1], "-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
    }
}
