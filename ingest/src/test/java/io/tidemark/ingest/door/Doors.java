package io.tidemark.ingest.door;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidemark.ingest.audit.AuditLimits;
import io.tidemark.ingest.audit.AuditReader;
import io.tidemark.ingest.audit.Redaction;
import io.tidemark.ingest.audit.RedactionHash;
import io.tidemark.ingest.audit.Samples;
import io.tidemark.service.Meters;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** Doors as tests need them: a fixed clock and key. */
final class Doors {
    private Doors() {}

    static AuditIntake intake(AuditLog log, AuditLimits limits) {
        return new AuditIntake(
                new AuditReader(limits),
                new Redaction(new RedactionHash(new byte[32]), List.of(), limits),
                log,
                new DoorMeters(new Meters(new SimpleMeterRegistry())),
                InstantSource.fixed(Instant.EPOCH.plusSeconds(Samples.NOW_MICROS / 1_000_000)));
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
