package io.tidemark.deploy.broker;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.record.FileRecords;

/**
 * A loss of power, for the log of a broker in a process of its own: of each file of records only what was forced to disk
 * is left, and nothing of the indexes. For that the process runs with Kafka's class of such files changed, so that it
 * notes what it has forced, and takes some milliseconds for it:
 *
 * <pre>
 *   flush() { <b>ForcedRecords.begins(this);</b> channel.force(true); <b>ForcedRecords.done(this);</b> }
 * </pre>
 *
 * Entries of folders count as written at once: a file that was made stays.
 */
final class PowerCut {
    private static final List<String> INDEXES = List.of(".index", ".timeindex", ".txnindex");

    private final Path folder;
    private final Path classes;
    private final Path notes;

    /**
     * @param folder the broker's
     * @param work for the changed class and the notes
     */
    PowerCut(Path folder, Path work) throws IOException {
        this.folder = folder;
        this.classes = work.resolve("classes");
        this.notes = work.resolve("forced");
        Path file = classes.resolve(FileRecords.class.getName().replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, noting(original()));
    }

    private static byte[] original() throws IOException {
        try (InputStream in = FileRecords.class.getResourceAsStream("FileRecords.class")) {
            return in.readAllBytes();
        }
    }

    private static byte[] noting(byte[] original) {
        CodeTransform code = CodeTransform.ofStateful(() -> {
            boolean[] begun = {false};
            return (builder, element) -> {
                if (!begun[0]) {
                    begun[0] = true;
                    note(builder, "begins");
                }
                if (element instanceof ReturnInstruction) {
                    note(builder, "done");
                }
                builder.with(element);
            };
        });
        ClassFile files = ClassFile.of();
        return files.transformClass(
                files.parse(original),
                ClassTransform.transformingMethodBodies(
                        method -> method.methodName().equalsString("flush"), code));
    }

    private static void note(CodeBuilder builder, String method) {
        builder.aload(0)
                .invokestatic(
                        ClassDesc.of(ForcedRecords.class.getName()),
                        method,
                        MethodTypeDesc.of(ConstantDescs.CD_void, ClassDesc.of(FileRecords.class.getName())));
    }

    /** Options of the JVM that is going to lose its power. */
    List<String> options() {
        return List.of(
                "-D" + ForcedRecords.NOTES + "=" + notes,
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"));
    }

    /**
     * After the process was killed: takes from its files what it had not forced.
     *
     * @return how many bytes that were
     */
    long happens() throws IOException {
        Map<Path, Long> forced = new HashMap<>();
        for (String line : Files.readAllLines(notes)) {
            int space = line.indexOf(' ');
            if (line.endsWith("#")) { // else the last one, cut off
                forced.merge(
                        Path.of(line.substring(space + 1, line.length() - 1)),
                        Long.parseLong(line.substring(0, space)),
                        Math::max);
            }
        }
        long lost = 0;
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = file.toString();
                if (name.endsWith(".log")) {
                    lost += cut(file, forced.getOrDefault(file, 0L));
                } else if (INDEXES.stream().anyMatch(name::endsWith)) {
                    Files.delete(file);
                }
            }
        }
        return lost;
    }

    private static long cut(Path file, long length) throws IOException {
        long lost = Math.max(0, Files.size(file) - length);
        try (FileChannel channel = FileChannel.open(file, WRITE)) {
            channel.truncate(length);
        }
        return lost;
    }
}
