package io.tidemark.revision.cli;

import com.google.protobuf.ByteString;
import io.tidemark.revision.etcd.proto.Compare;
import io.tidemark.revision.etcd.proto.Compare.CompareResult;
import io.tidemark.revision.etcd.proto.Compare.CompareTarget;
import io.tidemark.revision.etcd.proto.RequestOp;
import io.tidemark.revision.etcd.proto.TxnRequest;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/**
 * A transaction as text, in etcdctl's grammar. Text is handled as Latin-1: each character stands for one byte, as
 * escapes may write bytes that are no UTF-8.
 *
 * <pre>
 *   value("key") = "v"      conditions: target("key") relation "given"
 *                           an empty line ends each part
 *   put key "two words"     requests when all conditions hold, as arguments of get, put and del
 *
 *   get key                 requests when not
 *
 * </pre>
 */
final class TxnText {
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;
    private static final int DECIMAL = 10;
    private static final int HEXADECIMAL = 16;
    private static final String QUOTED = "(\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`)";
    private static final Pattern CONDITION =
            Pattern.compile("([a-z]+)\\(\\s*" + QUOTED + "\\)\\s*(\\S+)\\s+" + QUOTED + ".*");
    private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^'\"\\s]\\S*[^'\"\\s]?");

    private final BufferedReader lines;
    private int number;

    private TxnText(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, BYTES));
    }

    static TxnRequest read(InputStream in) {
        TxnText text = new TxnText(in);
        TxnRequest.Builder txn = TxnRequest.newBuilder();
        text.part("conditions").forEach(line -> txn.addCompare(line.parsed(TxnText::condition)));
        text.part("requests when they hold").forEach(line -> txn.addSuccess(line.parsed(TxnText::operation)));
        text.part("requests when they do not").forEach(line -> txn.addFailure(line.parsed(TxnText::operation)));
        return txn.build();
    }

    /** A line and where it stands. */
    private record Line(String text, int number) {
        <T> T parsed(Function<String, T> parser) {
            try {
                return parser.apply(text);
            } catch (IllegalArgumentException | ParameterException | CommandFailure e) {
                throw new CommandFailure(
                        Kind.USAGE,
                        "line " + number + " of the transaction: " + e.getMessage() + ": "
                                + ByteString.copyFrom(text, BYTES).toStringUtf8(),
                        "see `tidemark txn --help`");
            }
        }
    }

    /** The lines up to an empty one. A text that ends before may have been cut: nothing of it is sent. */
    private List<Line> part(String what) {
        List<Line> part = new ArrayList<>();
        try {
            String line = lines.readLine();
            while (line != null) {
                number++;
                String stripped = line.strip();
                if (stripped.isEmpty()) {
                    return part;
                }
                part.add(new Line(stripped, number));
                line = lines.readLine();
            }
        } catch (IOException e) {
            throw new CommandFailure(Kind.FAILED, "the standard input cannot be read: " + e.getMessage());
        }
        throw new CommandFailure(
                Kind.USAGE,
                "expected an empty line after the " + what + ", found the end of the input after line " + number,
                "all three parts end with an empty line, also when there is nothing in them");
    }

    private static Compare condition(String line) {
        Matcher parts = CONDITION.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected a condition such as mod(\"key\") > \"0\"");
        }
        Compare.Builder condition =
                Compare.newBuilder().setKey(GoText.unquote(parts.group(2))).setResult(relation(parts.group(3)));
        ByteString given = GoText.unquote(parts.group(4));
        switch (parts.group(1)) {
            case "ver", "version" -> condition.setTarget(CompareTarget.VERSION).setVersion(integer(given, DECIMAL));
            case "c", "create" -> condition.setTarget(CompareTarget.CREATE).setCreateRevision(integer(given, DECIMAL));
            case "m", "mod" -> condition.setTarget(CompareTarget.MOD).setModRevision(integer(given, DECIMAL));
            case "val", "value" -> condition.setTarget(CompareTarget.VALUE).setValue(given);
            case "lease" -> condition.setTarget(CompareTarget.LEASE).setLease(integer(given, HEXADECIMAL));
            default -> throw new IllegalArgumentException("expected value, mod, create, version or lease before (");
        }
        return condition.build();
    }

    private static CompareResult relation(String text) {
        return switch (text) {
            case "=" -> CompareResult.EQUAL;
            case "!=" -> CompareResult.NOT_EQUAL;
            case "<" -> CompareResult.LESS;
            case ">" -> CompareResult.GREATER;
            default -> throw new IllegalArgumentException("expected =, !=, < or >, found " + text);
        };
    }

    private static long integer(ByteString text, int radix) {
        try {
            return Long.parseLong(text.toStringUtf8(), radix);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("expected a number, found \"" + text.toStringUtf8() + "\"", e);
        }
    }

    private static RequestOp operation(String line) {
        List<String> words = words(line);
        String[] arguments = words.stream().skip(1).toArray(String[]::new);
        RequestOp.Builder operation = RequestOp.newBuilder();
        return switch (words.isEmpty() ? "" : words.getFirst()) {
            case "get" ->
                operation
                        .setRequestRange(parsed(new RangeArguments(), arguments).request(BYTES))
                        .build();
            case "put" ->
                operation
                        .setRequestPut(
                                parsed(new PutArguments(), arguments).request(BYTES, InputStream.nullInputStream()))
                        .build();
            case "del" ->
                operation
                        .setRequestDeleteRange(
                                parsed(new DeleteArguments(), arguments).request(BYTES))
                        .build();
            default -> throw new IllegalArgumentException("expected get, put or del with its arguments");
        };
    }

    private static <T> T parsed(T arguments, String... words) {
        new CommandLine(arguments)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .parseArgs(words);
        return arguments;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(line);
        while (word.find()) {
            String text = word.group();
            words.add(
                    switch (text.charAt(0)) {
                        case '"' -> GoText.unquote(text).toString(BYTES);
                        case '\'' -> text.substring(1, text.length() - 1);
                        default -> text;
                    });
        }
        return words;
    }
}
