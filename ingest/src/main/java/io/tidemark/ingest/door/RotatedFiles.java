package io.tidemark.ingest.door;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The files that a log was renamed to. They are told by their names: the log's name with a number or a time in it, in
 * front of its extension or behind it.
 *
 * <pre>
 *   audit.log -> audit-2026-11-23T08-17-47.079.log (kube-apiserver), audit.log.1, audit.log-20261123 (logrotate)
 * </pre>
 */
final class RotatedFiles {
    private static final String NUMBER_OR_TIME = "[-._]?[0-9][-0-9T:._Z]*";
    private static final Comparator<Dated> ORDER =
            Comparator.comparing(Dated::modified).thenComparing(Dated::path);

    private RotatedFiles() {}

    /** Whether a file is one that the log was renamed to, by its name. */
    static boolean isOne(Path log, Path file) {
        return names(log).matcher(file.getFileName().toString()).matches();
    }

    /** Those written to at that moment or later, the earliest first; packed ones are not among them. */
    static List<Path> since(Path log, FileTime moment) throws IOException {
        Path folder = log.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        Pattern names = names(log);
        List<Dated> later = new ArrayList<>();
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(folder, Files::isRegularFile)) {
            for (Path sibling : siblings) {
                if (names.matcher(sibling.getFileName().toString()).matches()) {
                    later.add(Dated.of(sibling));
                }
            }
        }
        return later.stream()
                .filter(dated -> dated.modified().compareTo(moment) >= 0)
                .sorted(ORDER)
                .map(Dated::path)
                .toList();
    }

    private record Dated(Path path, FileTime modified) {
        static Dated of(Path path) throws IOException {
            return new Dated(path, Files.getLastModifiedTime(path));
        }
    }

    private static Pattern names(Path log) {
        String name = log.getFileName().toString();
        int dot = name.lastIndexOf('.');
        String stem = Pattern.quote(dot > 0 ? name.substring(0, dot) : name);
        String extension = Pattern.quote(dot > 0 ? name.substring(dot) : "");
        return Pattern.compile(stem + NUMBER_OR_TIME + extension + "|" + Pattern.quote(name) + NUMBER_OR_TIME);
    }
}
