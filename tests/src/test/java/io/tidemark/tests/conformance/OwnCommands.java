package io.tidemark.tests.conformance;

import io.tidemark.revision.cli.StoreShell;
import java.util.ArrayList;
import java.util.List;

/** Tidemark's own commands, in this process. */
final class OwnCommands implements CommandScript.Runner {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final String endpoint;

    OwnCommands(int port) {
        endpoint = "--endpoints=127.0.0.1:" + port;
    }

    @Override
    public Invocation run(List<String> words, String in) {
        List<String> line = new ArrayList<>(words);
        int name = words.getFirst().equals("lease") ? 2 : 1;
        line.add(Math.min(name, line.size()), endpoint);
        StoreShell.Outcome outcome = StoreShell.run(line, in);
        return new Invocation(words, in, outcome.code(), outcome.out());
    }

    /**
     * The exit codes that Tidemark has for one of etcdctl's: those of all its commands. etcdctl tells wrong arguments by
     * several codes, and by the one of refusals when its library finds them.
     */
    static List<Integer> codesFor(int etcdctl) {
        return switch (etcdctl) {
            case 0 -> List.of(0);
            case 1 -> List.of(FAILED, USAGE);
            case 2 -> List.of(FAILED, USAGE);
            default -> List.of(USAGE);
        };
    }
}
