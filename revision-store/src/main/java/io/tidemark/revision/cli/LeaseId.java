package io.tidemark.revision.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The id of a lease, typed and printed in hexadecimal. */
record LeaseId(long number) {
    private static final int HEXADECIMAL = 16;

    static final LeaseId NONE = new LeaseId(0);

    /** For picocli. */
    static final class Converter implements ITypeConverter<LeaseId> {
        @Override
        public LeaseId convert(String text) {
            try {
                return new LeaseId(Long.parseLong(text, HEXADECIMAL));
            } catch (NumberFormatException e) {
                throw new TypeConversionException(
                        "expected a lease's id in hexadecimal such as 694d5765fc71500b, found '" + text + "'");
            }
        }
    }

    /** As etcdctl does, also for negative ones, whose sign is one of the 16 characters. */
    static String print(long id) {
        return id < 0 ? "-%015x".formatted(-id) : "%016x".formatted(id);
    }

    @Override
    public String toString() {
        return print(number);
    }
}
