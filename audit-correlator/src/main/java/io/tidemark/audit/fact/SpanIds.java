package io.tidemark.audit.fact;

import io.tidemark.schema.audit.ObjectIdentity;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * Ids as hashes of their cause: the same cause has the same id on every run and every machine, so that writing a span
 * again changes nothing. Each id is the beginning of SHA-256 over the parts, each preceded by its length.
 *
 * <p>Example: the object span of uid {@code u} in cluster {@code c} is the first 8 bytes of SHA-256 of
 * {@code 00000006 "object" 00000001 "c" 00000001 "u"}.
 */
public final class SpanIds {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(() -> {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    });

    private SpanIds() {}

    /** Object span of one incarnation. */
    public static long object(String cluster, String uid) {
        return hash("object", cluster, uid).getLong(0);
    }

    /** Object span of an incarnation of the named object; with an empty uid, of what is known by name only. */
    public static long object(ObjectIdentity name, String uid) {
        return uid.isEmpty()
                ? named(name.getCluster(), name.getGroup(), name.getResource(), name.getNamespace(), name.getName())
                : object(name.getCluster(), uid);
    }

    /** Object span of something of which only the name is known. */
    public static long named(String cluster, String group, String resource, String namespace, String name) {
        return hash("named", cluster, group, resource, namespace, name).getLong(0);
    }

    /** Request span. All stages of a request share it; two requests that a client gave the same Audit-ID do not. */
    public static long request(String cluster, String auditId, String verb, String uri, long receivedMicros) {
        return hash("request", cluster, auditId, verb, uri, Long.toString(receivedMicros))
                .getLong(0);
    }

    /** Span below a request: a phase, an admission patch, an item of a collection. */
    public static long below(long requestSpanId, String what, String name) {
        return hash("below", Long.toHexString(requestSpanId), what, name).getLong(0);
    }

    /** One occurrence of a Kubernetes Event. */
    public static long occurrence(String cluster, String eventUid, int count) {
        return hash("occurrence", cluster, eventUid, Integer.toString(count)).getLong(0);
    }

    /** Trace of one object on one day (UTC): 16 bytes. */
    public static byte[] trace(long objectSpanId, long startMicros) {
        long day = Math.floorDiv(startMicros, MICROS_PER_DAY);
        byte[] trace = new byte[16];
        hash("trace", Long.toHexString(objectSpanId), Long.toString(day)).get(0, trace);
        return trace;
    }

    /** Eight bytes, big-endian, as the span contract wants them. */
    public static byte[] bytes(long id) {
        byte[] bytes = new byte[Long.BYTES];
        LONGS.set(bytes, 0, id);
        return bytes;
    }

    /** The number behind eight bytes. */
    public static long number(byte[] id) {
        return (long) LONGS.get(id, 0);
    }

    /** Hash of any bytes, for telling whether two contents differ. */
    public static long content(byte[] bytes) {
        return ByteBuffer.wrap(SHA_256.get().digest(bytes)).getLong();
    }

    /** Checksum of any bytes, for an order of contents that is the same on every run; no more than that. */
    public static long checksum(byte[] bytes) {
        CRC32 one = new CRC32();
        one.update(bytes, 0, bytes.length);
        CRC32C other = new CRC32C();
        other.update(bytes, 0, bytes.length);
        return one.getValue() << 32 | other.getValue();
    }

    private static ByteBuffer hash(String... parts) {
        MessageDigest digest = SHA_256.get();
        byte[] length = new byte[Integer.BYTES];
        for (String part : parts) {
            byte[] utf8 = part.getBytes(StandardCharsets.UTF_8);
            INTS.set(length, 0, utf8.length);
            digest.update(length);
            digest.update(utf8);
        }
        return ByteBuffer.wrap(digest.digest());
    }
}
