package io.tidemark.kube;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.kube.KubernetesSamples.Sample;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DamagedValuesTest {
    private static final int ROUNDS = 40_000;

    @Test
    void areReadOrRefusedAndNothingElse() {
        List<Sample> samples = KubernetesSamples.read();
        long seed = 20261127;
        Random dice = new Random(seed);
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] value = damage(samples.get(dice.nextInt(samples.size())).value(), dice);
            refused += isRefused(value) ? 1 : 0;
        }
        assertTrue(refused > ROUNDS / 4 && refused < ROUNDS, "refused " + refused + " with seed " + seed);
    }

    private static byte[] damage(byte[] value, Random dice) {
        byte[] damaged = dice.nextInt(4) == 0 ? Arrays.copyOf(value, dice.nextInt(value.length + 1)) : value.clone();
        for (int i = dice.nextInt(4); i >= 0 && damaged.length > 0; i--) {
            damaged[dice.nextInt(damaged.length)] = (byte) dice.nextInt(256);
        }
        return damaged;
    }

    private static boolean isRefused(byte[] value) {
        boolean identityRefused = false;
        try {
            StoredObject.identity(value);
        } catch (UndecodableObjectException e) {
            identityRefused = true;
        }
        try {
            StoredObject.decode(value, 5);
            return identityRefused;
        } catch (UndecodableObjectException e) {
            return true;
        }
    }

    /** Schemas contain schemas; a value that consists of nothing else must not take the thread's stack. */
    @Test
    void areRefusedWhenTheyAreDeeperThanAnyObject() {
        byte[] schema = {};
        for (int i = 0; i < 2_000; i++) {
            schema = field(28, schema); // JSONSchemaProps.not
        }
        byte[] openApi = field(1, schema);
        byte[] version = field(4, openApi);
        byte[] spec = field(7, version);
        byte[] value = envelope("apiextensions.k8s.io/v1", "CustomResourceDefinition", field(2, spec));
        UndecodableObjectException e = assertThrows(UndecodableObjectException.class, () -> StoredObject.decode(value));
        assertTrue(
                e.getMessage().startsWith("apiextensions.k8s.io/v1 CustomResourceDefinition.spec.versions"),
                e.getMessage());
        assertTrue(e.getMessage().contains("more than 256 messages"), e.getMessage());
    }

    @Test
    void sayWhichFieldStandsWhereAndWhy() {
        byte[] value = envelope("v1", "Pod", field(2, field(2, new byte[] {0x0a, 5, 'a'})));
        UndecodableObjectException e = assertThrows(UndecodableObjectException.class, () -> StoredObject.decode(value));
        assertEquals(
                "v1 Pod.spec.containers.name, byte " + (value.length - 1) + ": a length of 5 where 1 bytes are left",
                e.getMessage());
    }

    static byte[] envelope(String apiVersion, String kind, byte[] object) {
        byte[] typeMeta = join(field(1, apiVersion.getBytes(UTF_8)), field(2, kind.getBytes(UTF_8)));
        return join(new byte[] {'k', '8', 's', 0}, field(1, typeMeta), field(2, object));
    }

    static byte[] field(int number, byte[] content) {
        return join(varint(number << 3 | 2), varint(content.length), content);
    }

    static byte[] join(byte[]... pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece : pieces) {
            all.writeBytes(piece);
        }
        return all.toByteArray();
    }

    private static byte[] varint(int number) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int left = number;
        while (left > 127) {
            bytes.write(left & 127 | 128);
            left >>>= 7;
        }
        bytes.write(left);
        return bytes.toByteArray();
    }
}
