package io.tidemark.tests.platform;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A disk in memory with a platform's data folder or a part of it, which only that platform sees. No rights are needed where the system lets
 * everybody have mounts of their own, as Linux mostly does. Another process keeps it while no platform runs.
 */
public final class SmallDisk implements AutoCloseable {
    private static final String PROGRAM = """
            #!/bin/sh
            if [ -e %1$s ]; then
                exec nsenter --user --mount --preserve-credentials --target "$(cat %1$s)" %2$s "$@"
            fi
            exec unshare -Urm sh -c 'mount -t tmpfs -o size=%3$dm none %4$s
                sleep 3600 & echo $! > %1$s
                exec %2$s "$@"' sh "$@"
            """;

    private final Path home;
    private final Path data;
    private final Path disk;
    private final Path keeper;

    /**
     * @param folder for what is needed beside the disk
     * @param part of the data folder, which is on the disk; empty for all of it
     * @param megabytes of all of it
     */
    public SmallDisk(Path folder, String part, int megabytes) throws IOException {
        this.home = folder.resolve("home");
        this.data = folder.resolve("data");
        this.disk = Files.createDirectories(data.resolve(part));
        this.keeper = folder.resolve("keeper");
        Path program = Files.createDirectories(home.resolve("bin")).resolve("tidemark");
        Files.writeString(program, PROGRAM.formatted(keeper, PlatformProcess.distribution(), megabytes, disk));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Whether this machine has such disks. */
    public static boolean isPossible() throws InterruptedException {
        try {
            String[] attempt = {"unshare", "-Urm", "sh", "-c", "mount -t tmpfs none /mnt"};
            return new ProcessBuilder(attempt)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }

    /** Starts the platform on it. */
    public PlatformProcess start(String... options) throws IOException {
        return PlatformProcess.startFrom(home, data, options);
    }

    /** Its folder, once the platform was ready. */
    private Path folder() throws IOException {
        return Path.of("/proc/" + Files.readString(keeper).strip() + "/root" + disk);
    }

    public long freeBytes() throws IOException {
        return Files.getFileStore(folder()).getUsableSpace();
    }

    /** Takes all room but so much, of which the platform takes some at the same time. */
    public void fill(long leftBytes) throws IOException {
        byte[] chunk = new byte[1 << 20];
        try (OutputStream ballast = Files.newOutputStream(ballast())) {
            while (freeBytes() > leftBytes) {
                ballast.write(chunk);
            }
        }
    }

    /** Gives back what was taken. */
    public void empty() throws IOException {
        Files.delete(ballast());
    }

    private Path ballast() throws IOException {
        return folder().resolve("ballast");
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(keeper)) {
            ProcessHandle.of(Long.parseLong(Files.readString(keeper).strip())).ifPresent(ProcessHandle::destroy);
        }
    }
}
