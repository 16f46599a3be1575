package io.tidemark.query.cli;

/** What a cell wants to say beyond its text; shown as colour on a terminal. */
enum Tone {
    PLAIN(""),
    FAINT("2"),
    STRONG("1"),
    GOOD("32"),
    WARNING("33"),
    BAD("31");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The text in this tone, by the terminal's escape sequences (ECMA-48, SGR). */
    String paint(String text) {
        return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}
