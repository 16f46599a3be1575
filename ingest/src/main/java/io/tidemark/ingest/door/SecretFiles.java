package io.tidemark.ingest.door;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/** The files with the door's token and the key of the redaction. */
final class SecretFiles {
    private static final int KEY_BYTES = 32;

    private SecretFiles() {}

    /** The token in a file, or none for no file. */
    static String token(Path file) {
        if (file.toString().isEmpty()) {
            return "";
        }
        try {
            String token = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (token.isEmpty()) {
                throw new IllegalStateException("audit.door.token.file " + file + " is empty: put a token into it");
            }
            return token;
        } catch (IOException e) {
            throw new UncheckedIOException("audit.door.token.file " + file + " cannot be read", e);
        }
    }

    /** The key in the file named, or the one kept in the folder, made at the first use. */
    static byte[] redactionKey(Path named, Path folder) {
        try {
            if (!named.toString().isEmpty()) {
                return Files.readAllBytes(named);
            }
            Path own = folder.resolve("redaction.key");
            if (!Files.exists(own)) {
                create(own);
            }
            return Files.readAllBytes(own);
        } catch (IOException e) {
            throw new UncheckedIOException("the key of the redaction cannot be read or made", e);
        }
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.deleteIfExists(next);
        boolean posix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
        if (posix) {
            Files.createFile(next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.write(next, key);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
