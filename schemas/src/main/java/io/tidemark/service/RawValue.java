package io.tidemark.service;

/**
 * A setting as one source gave it.
 *
 * @param text as written; the items of a sequence joined as {@link ValueType#join} does
 * @param sequence whether it was a YAML sequence
 * @param source where: file:line, environment variable or flag
 */
record RawValue(String text, boolean sequence, String source) {}
