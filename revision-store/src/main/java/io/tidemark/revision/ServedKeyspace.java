package io.tidemark.revision;

import io.tidemark.service.Config;
import io.tidemark.topic.Topics;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A keyspace, and the port of its etcd API.
 *
 * @param name also of its image's folder
 * @param port on which it is served; 0 takes any free one
 * @param partition of the log's topic: its place in the list
 */
public record ServedKeyspace(String name, int port, int partition) {
    /** Of the port that nobody named otherwise. */
    static final String DEFAULT = "default";

    /** What {@link #isList} asks for. */
    static final String EXPECTED = "NAME:PORT each, at most " + (Topics.KEYSPACES_MAX - 1)
            + ", no name or port twice, names of a-z, 0-9 and - with a letter first, and not `" + DEFAULT + "`";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final int PORT_MAX = 65_535;

    /** Those that the settings ask for, the default one first. */
    public static List<ServedKeyspace> of(Config config) {
        List<ServedKeyspace> all = new ArrayList<>();
        all.add(new ServedKeyspace(DEFAULT, config.get(RevisionConfig.PORT), 0));
        for (String further : config.get(RevisionConfig.KEYSPACES)) {
            String[] parts = further.split(":", 2);
            all.add(new ServedKeyspace(parts[0], Integer.parseInt(parts[1]), all.size()));
        }
        return all;
    }

    /** Whether these are keyspaces to serve beside the default one. */
    static boolean isList(List<String> further) {
        Set<String> names = new HashSet<>(Set.of(DEFAULT));
        Set<Integer> ports = new HashSet<>();
        return further.size() < Topics.KEYSPACES_MAX
                && further.stream().allMatch(one -> isNameAndPort(one.split(":", 2), names, ports));
    }

    private static boolean isNameAndPort(String[] parts, Set<String> names, Set<Integer> ports) {
        if (parts.length < 2
                || !NAME.matcher(parts[0]).matches()
                || !PORT.matcher(parts[1]).matches()) {
            return false;
        }
        int port = Integer.parseInt(parts[1]);
        return port <= PORT_MAX && names.add(parts[0]) && (port == 0 || ports.add(port));
    }

    /** The same one on another port. */
    ServedKeyspace at(int otherPort) {
        return new ServedKeyspace(name, otherPort, partition);
    }

    /** The name of the setting that moves it to another port. */
    public String setting() {
        return isDefault() ? RevisionConfig.PORT.name() : RevisionConfig.KEYSPACES.name();
    }

    public boolean isDefault() {
        return partition == 0;
    }
}
