package io.tidemark.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidemark.revision.bolt.BoltReader;
import io.tidemark.revision.etcd.proto.SnapshotRequest;
import io.tidemark.revision.etcd.proto.SnapshotResponse;
import io.tidemark.revision.etcd.proto.User;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Snapshots as rows of text, {@code bucket key value}, that can be compared. */
final class SnapshotRows {
    /** Of a real etcd. */
    static final Path FOLDER = Path.of("src", "test", "resources", "etcd-3.7.3-snapshot");

    private static final String METHOD = "etcdserverpb.Maintenance/Snapshot";
    private static final int DIGEST_BYTES = 32;
    private static final int LONGEST = 100;
    /** Those that say what was stored, and not where. */
    private static final List<String> BUCKETS = List.of("alarm", "auth", "authRoles", "authUsers", "key", "lease");

    private SnapshotRows() {}

    /** The whole file, its SHA-256 behind it, as {@code etcdctl snapshot save} writes it. */
    static byte[] fetch(GrpcEndpoint endpoint) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        Iterator<byte[]> messages =
                endpoint.messages(METHOD, SnapshotRequest.getDefaultInstance().toByteArray());
        List<Long> remaining = new ArrayList<>();
        while (messages.hasNext()) {
            SnapshotResponse message = Ask.parsed(SnapshotResponse.parser(), messages.next());
            file.writeBytes(message.getBlob().toByteArray());
            remaining.add(message.getRemainingBytes() + file.size());
        }
        assertThat(remaining.subList(0, remaining.size() - 1)).containsOnly((long) file.size() - DIGEST_BYTES);
        return file.toByteArray();
    }

    static List<String> of(byte[] file) throws IOException {
        byte[] content = Arrays.copyOf(file, file.length - DIGEST_BYTES);
        assertThat(sha256(content)).isEqualTo(Arrays.copyOfRange(file, content.length, file.length));
        BoltReader reader = BoltReader.open(
                (position, target) -> System.arraycopy(content, (int) position, target, 0, target.length),
                content.length);
        List<String> rows = new ArrayList<>();
        HexFormat hex = HexFormat.of();
        for (String bucket : BUCKETS) {
            boolean known = reader.read(
                    bucket,
                    (key, value) -> rows.add(bucket + " " + hex.formatHex(key) + " "
                            + (bucket.equals("authUsers") ? withoutHash(value) : text(value))));
            assertThat(known).as(bucket).isTrue();
        }
        reader.read("meta", (key, value) -> {
            if (new String(key, StandardCharsets.UTF_8).endsWith("CompactRev")) {
                rows.add("meta " + hex.formatHex(key) + " " + hex.formatHex(value));
            }
            return true;
        });
        return rows;
    }

    private static String text(byte[] value) {
        return value.length > LONGEST
                ? value.length + " bytes, " + HexFormat.of().formatHex(sha256(value))
                : HexFormat.of().formatHex(value);
    }

    /** A hash has salt in it. */
    private static String withoutHash(byte[] user) {
        User parsed = Ask.parsed(User.parser(), user);
        return HexFormat.of()
                        .formatHex(parsed.toBuilder().clearPassword().build().toByteArray())
                + (parsed.getPassword().isEmpty() ? "" : " with a password");
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] recorded(String name) throws IOException {
        byte[] packed = Files.readAllBytes(FOLDER.resolve(name + ".db.gz"));
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        }
    }

    static void record(String name, byte[] file) throws IOException {
        Files.createDirectories(FOLDER);
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(FOLDER.resolve(name + ".db.gz")))) {
            out.write(file);
        }
    }
}
