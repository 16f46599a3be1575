package io.tidemark.revision.cli;

import io.tidemark.service.PointInTime;
import java.time.Instant;
import java.time.InstantSource;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A {@link PointInTime} as the value of an option. */
final class TimeValue implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            return PointInTime.parse(text, InstantSource.system());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
