package io.tidemark.revision.cli;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.PutRequest;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to write; the arguments of {@code put}, also in a transaction. */
final class PutArguments {
    @Parameters(index = "0", paramLabel = "KEY", description = "key to write")
    private String key = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VALUE",
            description = "its value; default: the standard input")
    private @Nullable String value;

    @Option(
            names = "--lease",
            paramLabel = "ID",
            converter = LeaseId.Converter.class,
            description = "lease to live by, in hexadecimal")
    private LeaseId lease = LeaseId.NONE;

    @Option(names = "--prev-kv", description = "print what was there before, too")
    private boolean previous;

    @Option(names = "--ignore-value", description = "keep the value that is there")
    private boolean ignoreValue;

    @Option(names = "--ignore-lease", description = "keep the lease that is there")
    private boolean ignoreLease;

    /** @param in where a value that is no argument comes from */
    PutRequest request(Charset charset, InputStream in) {
        return PutRequest.newBuilder()
                .setKey(ByteString.copyFrom(key, charset))
                .setValue(value(charset, in))
                .setLease(lease.number())
                .setPrevKv(previous)
                .setIgnoreValue(ignoreValue)
                .setIgnoreLease(ignoreLease)
                .build();
    }

    private ByteString value(Charset charset, InputStream in) {
        String given = value;
        if (ignoreValue) {
            if (given != null) {
                throw new CommandFailure(
                        Kind.USAGE, "put needs only a key when --ignore-value is set", "leave '" + given + "' out");
            }
            return ByteString.EMPTY;
        }
        if (given != null) {
            return ByteString.copyFrom(given, charset);
        }
        try {
            ByteString read = ByteString.readFrom(in);
            if (!read.isEmpty()) {
                return read;
            }
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, "the standard input cannot be read: " + e.getMessage());
        }
        throw new CommandFailure(
                Kind.USAGE,
                "put needs a value, found none as argument and none on the standard input",
                "an empty value is written as ''");
    }
}
