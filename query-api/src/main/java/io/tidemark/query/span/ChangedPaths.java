package io.tidemark.query.span;

import java.util.Collection;

/**
 * The paths under which a changed field is found: every path above it, and the same again with list elements left
 * open. {@code spec.containers[name=web].image} gives {@code spec}, {@code spec.containers},
 * {@code spec.containers[name=web]}, {@code spec.containers[name=web].image} and {@code spec.containers.image}.
 */
final class ChangedPaths {
    private ChangedPaths() {}

    static void index(String path, Collection<String> into) {
        prefixes(path, into);
        String open = withoutElements(path);
        if (open.length() != path.length()) {
            prefixes(open, into);
        }
    }

    private static void prefixes(String path, Collection<String> into) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if ((c == '.' || c == '[') && i > 0) {
                into.add(path.substring(0, i));
            }
            if (c == '[') {
                i = endOfBracket(path, i);
            }
        }
        into.add(path);
    }

    private static String withoutElements(String path) {
        StringBuilder open = new StringBuilder(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) != '[') {
                open.append(path.charAt(i));
                continue;
            }
            int end = endOfBracket(path, i);
            if (i + 1 < path.length() && path.charAt(i + 1) == '"') {
                open.append(path, i, Math.min(end + 1, path.length()));
            }
            i = end;
        }
        return open.toString();
    }

    /** Index of the bracket that closes the one at this index; quoted text may hold brackets. */
    private static int endOfBracket(String path, int open) {
        boolean quoted = false;
        for (int i = open + 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                return i;
            }
        }
        return path.length();
    }
}
