package io.tidemark.query.cli;

import io.tidemark.query.cli.Table.Cell;
import io.tidemark.query.cli.Table.Column;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers as tables for people: columns aligned, notes on the error output so that they are never parsed. */
final class TablePrinter implements Printer {
    private static final String GAP = "  ";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Style style;
    private boolean begun;

    /**
     * How a table looks.
     *
     * @param wide with its wide columns
     * @param headers with titles and heading
     * @param colours in colours
     */
    record Style(boolean wide, boolean headers, boolean colours) {}

    TablePrinter(PrintWriter out, PrintWriter err, Style style) {
        this.out = out;
        this.err = err;
        this.style = style;
    }

    @Override
    public void print(Answer answer) {
        Table table = answer.table().get();
        if (style.headers()) {
            answer.heading().forEach(out::println);
        }
        List<Integer> widths = widths(table);
        titles(table, widths);
        table.rows().forEach(row -> line(table, row, widths));
        out.flush();
        answer.notes().forEach(err::println);
    }

    @Override
    public void next(Answer answer) {
        Table table = answer.table().get();
        List<Integer> widths = table.columns().stream().map(Column::streamWidth).toList();
        if (!begun) {
            begun = true;
            titles(table, widths);
        }
        table.rows().forEach(row -> line(table, row, widths));
        answer.notes().forEach(err::println);
    }

    private void titles(Table table, List<Integer> widths) {
        if (style.headers() && !table.rows().isEmpty()) {
            line(
                    table,
                    table.columns().stream()
                            .map(column -> Cell.of(column.title(), Tone.STRONG))
                            .toList(),
                    widths);
        }
    }

    private List<Integer> widths(Table table) {
        List<Integer> widths =
                new ArrayList<>(Collections.nCopies(table.columns().size(), 0));
        for (int i = 0; i < widths.size(); i++) {
            int column = i;
            int widest = table.rows().stream()
                    .mapToInt(row -> length(row.get(column).text()))
                    .max()
                    .orElse(0);
            widths.set(i, Math.max(widest, table.columns().get(i).title().length()));
        }
        return widths;
    }

    private void line(Table table, List<Cell> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        int owed = 0;
        for (int i = 0; i < row.size(); i++) {
            if (table.columns().get(i).wide() && !style.wide()) {
                continue;
            }
            Cell cell = row.get(i);
            if (!cell.text().isEmpty()) {
                line.repeat(' ', owed);
                owed = 0;
                line.append(style.colours() ? cell.tone().paint(cell.text()) : cell.text());
            }
            owed += Math.max(widths.get(i) - length(cell.text()), 0) + GAP.length();
        }
        out.println(line);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
