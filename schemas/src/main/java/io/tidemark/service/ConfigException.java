package io.tidemark.service;

import java.util.List;
import java.util.stream.Collectors;

/** Configuration that cannot be used, with everything that is wrong with it at once. */
public final class ConfigException extends RuntimeException {
    /**
     * One thing that is wrong.
     *
     * @param key name of the key to blame; empty when the file as a whole is
     * @param source where it was set: file:line, environment variable, flag, or "nowhere"
     * @param message what was found and what was expected; never the value of a secret
     */
    public record Problem(String key, String source, String message) {
        @Override
        public String toString() {
            return (key.isEmpty() ? "" : key + " ") + "(" + source + "): " + message;
        }
    }

    private final List<Problem> problems;

    ConfigException(List<Problem> problems) {
        super("configuration has " + problems.size() + (problems.size() == 1 ? " problem:" : " problems:")
                + problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
