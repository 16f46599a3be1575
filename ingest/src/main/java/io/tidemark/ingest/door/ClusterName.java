package io.tidemark.ingest.door;

import java.util.regex.Pattern;

/** Names of clusters as the doors take them: letters, digits, hyphens and dots, as in DNS. */
final class ClusterName {
    static final String RULE =
            "1 to 63 lower-case letters, digits, hyphens or dots, with a letter or digit at both ends"
                    + " of each part between dots";
    private static final Pattern VALID =
            Pattern.compile("(?=.{1,63}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private ClusterName() {}

    static boolean isValid(String name) {
        return VALID.matcher(name).matches();
    }
}
