package io.tidemark.query.cli;

import io.tidemark.service.Terminal;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** How answers are printed. */
final class OutputOptions {
    /** Formats of -o. */
    enum Format {
        TABLE,
        WIDE,
        JSON,
        YAML,
        NAME;

        /** As it is typed, and as completion offers it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "table",
            description = "table, wide, json, yaml or name; default: table")
    private Format format = Format.TABLE;

    @Option(names = "--no-headers", description = "tables without titles")
    private boolean noHeaders;

    @Option(names = "--no-color", description = "no colours; there are none anyway unless this is a terminal")
    private boolean noColor;

    /** Whether everything is wanted that there is room for. */
    boolean isWide() {
        return format == Format.WIDE;
    }

    Printer printer(CommandLine command) {
        PrintWriter out = command.getOut();
        return switch (format) {
            case TABLE -> new TablePrinter(out, command.getErr(), style(false));
            case WIDE -> new TablePrinter(out, command.getErr(), style(true));
            case JSON -> new JsonPrinter(out);
            case YAML -> new YamlPrinter(out);
            case NAME -> new NamePrinter(out);
        };
    }

    private TablePrinter.Style style(boolean wide) {
        return new TablePrinter.Style(wide, !noHeaders, !noColor && colours());
    }

    /** See no-color.org. */
    private static boolean colours() {
        return Optional.ofNullable(System.getenv("NO_COLOR")).orElse("").isEmpty()
                && !"dumb".equals(System.getenv("TERM"))
                && Terminal.isThere();
    }
}
