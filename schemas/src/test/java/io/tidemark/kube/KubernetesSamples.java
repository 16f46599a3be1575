package io.tidemark.kube;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** Objects of all kinds that Kubernetes stores, filled and written by Kubernetes' own code: {@code tests/peers/objects}. */
final class KubernetesSamples {
    private KubernetesSamples() {}

    /**
     * One object.
     *
     * @param value as it is stored
     * @param json as it is answered
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    record Sample(byte[] value, byte[] json) {}

    static List<Sample> read() {
        try (InputStream file = KubernetesSamples.class.getResourceAsStream("samples.gz");
                DataInputStream in = new DataInputStream(new GZIPInputStream(Objects.requireNonNull(file), 1 << 16))) {
            List<Sample> samples = new ArrayList<>();
            while (true) {
                int first = in.read();
                if (first < 0) {
                    return samples;
                }
                int size = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
                byte[] value = in.readNBytes(size);
                samples.add(new Sample(value, in.readNBytes(in.readInt())));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
