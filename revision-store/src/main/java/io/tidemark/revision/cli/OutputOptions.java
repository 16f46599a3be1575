package io.tidemark.revision.cli;

import java.io.PrintStream;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How answers are printed. */
final class OutputOptions {
    /** Forms of --write-out. */
    enum Format {
        SIMPLE,
        JSON,
        FIELDS;

        /** As it is typed, and as completion offers it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-w", "--write-out"},
            paramLabel = "FORMAT",
            defaultValue = "simple",
            description = "simple, json or fields; default: simple")
    private Format format = Format.SIMPLE;

    @Option(names = "--hex", description = "simple: bytes in hexadecimal; fields: ids in hexadecimal")
    private boolean hex;

    boolean is(Format asked) {
        return format == asked;
    }

    Printer printer(PrintStream out) {
        return printer(out, false);
    }

    Printer printer(PrintStream out, boolean valuesOnly) {
        return switch (format) {
            case SIMPLE -> new SimplePrinter(out, hex, valuesOnly);
            case JSON -> new JsonPrinter(out);
            case FIELDS -> new FieldsPrinter(out, hex);
        };
    }
}
