package io.tidemark.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.service.ClientTls;
import io.tidemark.service.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code tidemark ingest}: uploads audit log files, one event a line, plain or gzip. An upload that broke off goes on
 * where it stopped when the command is given again.
 */
@Command(
        name = "ingest",
        mixinStandardHelpOptions = true,
        description = "Uploads audit log files (one audit.k8s.io/v1 event a line, plain or .gz) to a running Tidemark.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:every line is stored",
            "1:a file could not be read to its end, or lines were rejected",
            "2:wrong usage",
            "4:the server cannot be reached, or does not take events now"
        })
public final class IngestCommand implements Callable<Integer> {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int UNAVAILABLE = 4;
    private static final int SERVER_FAULT = 500;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-c", "--cluster"},
            required = true,
            description = "Name of the cluster whose API server wrote the log.")
    private String cluster;

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:TIDEMARK_SERVER:-http://127.0.0.1:7400}",
            description = "Address of Tidemark. Default: $TIDEMARK_SERVER, then http://127.0.0.1:7400")
    private String server;

    @Option(names = "--token-file", description = "File with the bearer token of the audit doors.")
    private @Nullable Path tokenFile;

    @Option(names = "--token", paramLabel = "TOKEN", description = "The bearer token itself; others can see it in ps.")
    private @Nullable String token;

    @Mixin
    private final TlsOptions tls = new TlsOptions();

    @Option(names = "--again", description = "Send files from their beginning, also what was sent before.")
    private boolean again;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Audit log files; - is the standard input.")
    private List<String> files;

    /** For picocli, which sets the options. */
    public IngestCommand() {
        this.spec = CommandSpec.create();
        this.cluster = "";
        this.server = "";
        this.files = List.of();
    }

    @Override
    public Integer call() throws InterruptedException {
        int code = 0;
        try (UploadClient client =
                new UploadClient(server, cluster, token(), tls.tls().context())) {
            for (String file : files) {
                code = Math.max(code, ingest(client, file));
            }
            return code;
        } catch (ConnectException | HttpTimeoutException e) {
            return fail(
                    UNAVAILABLE,
                    "nothing answers at " + server,
                    "start it with `tidemark up`, or name its address with --server or $TIDEMARK_SERVER");
        } catch (UploadClient.RefusedException e) {
            int refused = e.status >= SERVER_FAULT ? UNAVAILABLE : FAILED;
            return fail(refused, "the server refused: " + e.getMessage(), "the same command goes on where it stopped");
        } catch (NoSuchFileException e) {
            return fail(FAILED, e.getFile() + " does not exist", "name an audit log file, or - for the standard input");
        } catch (SSLException e) {
            return fail(
                    UNAVAILABLE,
                    "no trust between this command and " + server + ": " + e.getMessage(),
                    "name the server's CA with --ca, and your certificate with --cert and --key");
        } catch (ClientTls.UnusableException | IllegalArgumentException e) {
            return fail(USAGE, String.valueOf(e.getMessage()), "see `tidemark ingest --help`");
        } catch (IOException e) {
            return fail(
                    UNAVAILABLE,
                    "the upload broke off: " + e.getMessage(),
                    "the same command goes on where it stopped");
        }
    }

    private int ingest(UploadClient client, String file)
            throws IOException, InterruptedException, UploadClient.RefusedException {
        boolean stream = file.equals(AuditSource.STANDARD_INPUT);
        String name = stream ? "" : AuditSource.nameOf(file);
        long offset = stream || again ? 0 : client.offset(name);
        try (AuditSource source = AuditSource.open(file)) {
            long skippedLines = source.skip(offset);
            JsonNode answer = upload(client, file, name, offset, source);
            return tell(file, answer, skippedLines, offset, source);
        }
    }

    private JsonNode upload(UploadClient client, String file, String name, long offset, AuditSource source)
            throws IOException, InterruptedException, UploadClient.RefusedException {
        ProgressBar bar = Terminal.isThere()
                ? ProgressBar.show(source, file, spec.commandLine().getErr())
                : null;
        try {
            return client.upload(name, offset, source.text());
        } finally {
            if (bar != null) {
                bar.close();
            }
        }
    }

    private int tell(String file, JsonNode answer, long skippedLines, long offset, AuditSource source) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        long rejected = answer.path("rejected").asLong();
        out.println(file + ": " + answer.path("accepted").asLong() + " accepted, " + rejected + " rejected"
                + (offset > 0 ? ", " + skippedLines + " lines were stored before (--again sends them anew)" : ""));
        for (JsonNode reject : answer.path("rejects")) {
            err.println(file + ", line " + (reject.path("line").asLong() + skippedLines) + ": "
                    + reject.path("reason").asText() + ": "
                    + reject.path("message").asText());
        }
        long untold = rejected - answer.path("rejects").size();
        if (untold > 0) {
            err.println(
                    file + ": " + untold + " more lines were rejected; all stand in the topic tidemark.audit.rejects");
        }
        if (source.isCutShort()) {
            err.println("tidemark: " + file + " is a gzip file that stops before its end");
            err.println("  -> everything before was stored; get the whole file and give the command again");
        }
        return rejected > 0 || source.isCutShort() ? FAILED : 0;
    }

    private String token() throws IOException {
        Path file = tokenFile;
        String given = token;
        if (file != null && given != null) {
            throw new IllegalArgumentException("--token and --token-file say the same: give one of them");
        }
        return file == null
                ? given == null ? "" : given
                : Files.readString(file).strip();
    }

    private int fail(int code, String what, String remedy) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("tidemark: " + what);
        err.println("  -> " + remedy);
        return code;
    }
}
