package io.tidemark.query.cli;

import java.util.List;

/**
 * Rows of cells.
 *
 * @param columns the last one may be of any length
 * @param rows each with one cell per column
 */
record Table(List<Column> columns, List<List<Cell>> rows) {
    Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * One column.
     *
     * @param title in capitals
     * @param streamWidth characters it gets where the rows to come are not known
     * @param wide shown only when asked for
     */
    record Column(String title, int streamWidth, boolean wide) {
        static Column of(String title, int streamWidth) {
            return new Column(title, streamWidth, false);
        }

        static Column wide(String title, int streamWidth) {
            return new Column(title, streamWidth, true);
        }
    }

    /** One cell; line breaks and other control characters in it are shown as spaces. */
    record Cell(String text, Tone tone) {
        Cell {
            text = text.replaceAll("\\p{Cntrl}+", " ");
        }

        static Cell of(String text) {
            return new Cell(text, Tone.PLAIN);
        }

        static Cell of(String text, Tone tone) {
            return new Cell(text, tone);
        }
    }
}
