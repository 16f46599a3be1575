package io.tidemark.ingest.door;

import io.tidemark.ingest.audit.RejectedItem;
import io.tidemark.schema.audit.AuditDoor;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/audit/:cluster/upload?file=&offset=}: a file of audit events, one a line, plain or gzip, of any
 * length. Lines that are no events are named and counted, the rest is accepted. {@code GET
 * /api/v1/audit/:cluster/uploads/:file} tells how many bytes of the unpacked text are durable, so that an interrupted
 * upload can go on from there.
 */
final class AuditUpload {
    private static final int REJECTS_TOLD = 100;
    private static final int ATTEMPTS = 20;
    private static final int NAME_CHARACTERS = 200;
    private static final Set<String> PARAMETERS = Set.of("file", "offset");

    private final AuditIntake intake;
    private final PositionFile positions;
    private final int lineBytes;
    private final int most;
    private final Semaphore places;

    AuditUpload(AuditIntake intake, PositionFile positions, int lineBytes, int most) {
        this.intake = intake;
        this.positions = positions;
        this.lineBytes = lineBytes;
        this.most = most;
        this.places = new Semaphore(most);
    }

    void tellPosition(RoutingContext routing) {
        PositionFile.Position position = positions.get(key(routing.pathParam("cluster"), routing.pathParam("file")));
        answer(routing.response(), new JsonObject().put("offset", position == null ? 0 : position.offset()));
    }

    void handle(RoutingContext routing) {
        HttpServerResponse response = routing.response();
        String cluster = routing.pathParam("cluster");
        String file = routing.queryParams().get("file");
        String offset = routing.queryParams().get("offset");
        Problem problem = problemOf(routing, cluster, file, offset);
        if (problem == null && !places.tryAcquire()) {
            problem = Problem.of(503, "Door is full", most + " uploads are under way, the limit. Send it again later.");
        }
        if (problem != null) {
            DoorRefusal.close(response, problem);
            return;
        }
        Context context = routing.vertx().getOrCreateContext();
        BodyStream body = new BodyStream(routing.request(), context);
        Upload upload = new Upload(cluster, file, offset == null ? 0 : Long.parseLong(offset));
        Thread.ofVirtual().name("audit-upload").start(() -> {
            try {
                Problem refusal = upload.take(body);
                context.runOnContext(nothing -> upload.answer(response, refusal));
            } finally {
                places.release();
            }
        });
    }

    private static @Nullable Problem problemOf(
            RoutingContext routing, String cluster, @Nullable String file, @Nullable String offset) {
        HttpServerRequest request = routing.request();
        String unknown = routing.queryParams().names().stream()
                .filter(name -> !PARAMETERS.contains(name))
                .findFirst()
                .orElse(null);
        if (unknown != null) {
            return bad("Unknown parameter", unknown, unknown + ": expected one of file, offset.");
        }
        if (!ClusterName.isValid(cluster)) {
            return bad("Invalid cluster name", "cluster", "cluster: expected " + ClusterName.RULE + ".");
        }
        if (file != null && (file.isEmpty() || file.length() > NAME_CHARACTERS)) {
            return bad("Invalid parameter", "file", "file: expected 1 to " + NAME_CHARACTERS + " characters.");
        }
        if (offset != null && !offset.matches("[0-9]{1,18}")) {
            return bad("Invalid parameter", "offset", "offset: expected a number of bytes, found \"" + offset + "\".");
        }
        return DoorRefusal.ofEncoding(request);
    }

    private static Problem bad(String title, String field, String detail) {
        return new Problem(400, title, detail, new JsonObject().put("field", field));
    }

    private static String key(String cluster, String file) {
        return cluster + "/" + file;
    }

    private static void answer(HttpServerResponse response, JsonObject body) {
        if (!response.closed() && !response.ended()) {
            response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(body.toBuffer());
        }
    }

    /** One upload: what became of it so far. */
    private final class Upload {
        private final String cluster;
        private final @Nullable String file;
        private long accepted;
        private long rejected;
        private long bytes;
        private final JsonArray rejects = new JsonArray();

        Upload(String cluster, @Nullable String file, long offset) {
            this.cluster = cluster;
            this.file = file;
            this.bytes = offset;
        }

        /** Reads to the end; answers what stopped it before, or null. */
        @Nullable
        Problem take(InputStream body) {
            LineIntake lines = new LineIntake(intake, cluster, AuditDoor.UPLOAD, ATTEMPTS, this::confirmed);
            try {
                LineReader reader = new LineReader(unpacked(body), lineBytes, bytes, 0);
                Problem broken = readAll(reader, lines);
                lines.flush();
                return broken;
            } catch (AppendFailedException e) {
                return Problem.of(503, "Log does not confirm", e.getMessage() + ". Go on from the confirmed offset.");
            } catch (IOException e) {
                return Problem.of(400, "Broken gzip", "the body begins like gzip, but is none.");
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Problem.of(503, "Door closes", "Go on from the confirmed offset later.");
            }
        }

        private @Nullable Problem readAll(LineReader reader, LineIntake lines) throws InterruptedException {
            try {
                for (LineReader.Line line = reader.next(); line != null; line = reader.next()) {
                    lines.add(line);
                }
                LineReader.Line rest = reader.rest();
                if (rest != null) {
                    lines.add(rest);
                }
                return null;
            } catch (EOFException e) {
                return Problem.of(400, "Broken gzip", "the gzip stream stops before its end: it was cut short.");
            } catch (ZipException e) {
                return Problem.of(400, "Broken gzip", "the gzip stream is damaged.");
            } catch (IOException e) {
                return Problem.of(400, "Upload broke off", e.getMessage() + ". Go on from the confirmed offset.");
            }
        }

        private void confirmed(long offset, int taken, List<RejectedItem> refused) {
            accepted += taken;
            rejected += refused.size();
            bytes = offset;
            for (RejectedItem item : refused) {
                if (rejects.size() < REJECTS_TOLD) {
                    rejects.add(new JsonObject()
                            .put("line", Long.parseLong(item.position().substring("line ".length())))
                            .put("reason", item.reason().name())
                            .put("message", item.message()));
                }
            }
            if (file != null) {
                positions.put(key(cluster, file), new PositionFile.Position(offset, "", 0, "", 0));
            }
        }

        void answer(HttpServerResponse response, @Nullable Problem refusal) {
            JsonObject counts = new JsonObject()
                    .put("accepted", accepted)
                    .put("rejected", rejected)
                    .put("bytes", bytes)
                    .put("rejects", rejects);
            if (refusal == null) {
                AuditUpload.answer(response, counts);
            } else {
                DoorRefusal.close(response, new Problem(refusal.status(), refusal.title(), refusal.detail(), counts));
            }
        }

        private static InputStream unpacked(InputStream body) throws IOException {
            PushbackInputStream in = new PushbackInputStream(body, 2);
            byte[] head = in.readNBytes(2);
            in.unread(head);
            boolean gzip = head.length == 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
            return gzip ? new GZIPInputStream(in, 64 * 1024) : in;
        }
    }
}
