package io.tidemark.revision.cli;

import io.tidemark.service.PointInTime;
import java.time.InstantSource;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where watching begins, as the HTTP port has it. How long ago is made a time, so that it is the same one after a connection
 * broke.
 */
final class SinceValue implements ITypeConverter<String> {
    private static final Pattern REVISION = Pattern.compile("\\d+");

    @Override
    public String convert(String text) {
        if (text.equals("oldest") || REVISION.matcher(text).matches()) {
            return text;
        }
        try {
            return PointInTime.parse(text, InstantSource.system()).toString();
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(
                    "expected a revision, 'oldest', a time such as 2026-11-23T08:17:47Z, or how long"
                            + " ago such as 15m, found '" + text + "'");
        }
    }
}
