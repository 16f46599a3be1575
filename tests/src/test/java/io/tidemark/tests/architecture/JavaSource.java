package io.tidemark.tests.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One source file, read by braces: good enough for formatted Java, without a parser.
 *
 * @param text as on disk
 * @param code the same length, with comments and literals blanked
 */
record JavaSource(Path file, String text, String code) {
    private static final Pattern NOISE = Pattern.compile(
            "\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"|'(?:\\\\.|[^'\\\\\\n])+'|//[^\\n]*|/\\*.*?\\*/",
            Pattern.DOTALL);
    private static final Pattern TYPE = Pattern.compile("(?:class|interface|enum|record|@interface)\\s+\\w+");
    private static final Pattern CONTROL = Pattern.compile(
            "^\\s*(?:else\\b.*|(?:if|for|while|switch|catch|synchronized|try|do)\\b.*)", Pattern.DOTALL);
    private static final Pattern METHOD_HEAD =
            Pattern.compile("(\\w+)\\s*\\([^{}]*\\)(?:\\s*throws[\\w\\s.,]+)?\\s*$", Pattern.DOTALL);

    /** A method or constructor with a body; lines from the name to the closing brace. */
    record Method(String name, String head, int start, int end, int lines) {}

    static List<JavaSource> all() {
        List<JavaSource> sources = new ArrayList<>();
        Set<Path> roots =
                Arrays.stream(Module.values()).map(Module::root).collect(Collectors.toCollection(TreeSet::new));
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root.resolve("src"))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .sorted()
                        .forEach(file -> sources.add(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sources;
    }

    static JavaSource read(Path file) {
        try {
            return of(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JavaSource of(Path file, String text) {
        Matcher noise = NOISE.matcher(text);
        String code = noise.replaceAll(match -> match.group().replaceAll("[^\\n]", " "));
        return new JavaSource(file, text, code);
    }

    boolean test() {
        return file.toString().contains("/src/test/");
    }

    int lines() {
        return (int) text.lines().count();
    }

    /** Types at the outermost level. */
    int topLevelTypes() {
        int depth = 0;
        StringBuilder outer = new StringBuilder();
        for (char c : code.toCharArray()) {
            depth -= c == '}' ? 1 : 0;
            outer.append(depth == 0 ? c : ' ');
            depth += c == '{' ? 1 : 0;
        }
        Matcher types = Pattern.compile(TYPE.pattern() + "[^;{}]*\\{").matcher(outer);
        int count = 0;
        while (types.find()) {
            count++;
        }
        return count;
    }

    List<Method> methods() {
        List<Method> methods = new ArrayList<>();
        Deque<Integer> openMethods = new ArrayDeque<>();
        Deque<String> heads = new ArrayDeque<>();
        for (int at = 0; at < code.length(); at++) {
            if (code.charAt(at) == '{') {
                String head = head(at);
                boolean method = heads.isEmpty() ? false : methodIn(heads.peek(), head);
                heads.push(method ? "(method)" : TYPE.matcher(head).find() || anonymous(head) ? "(type)" : head);
                openMethods.push(at);
            } else if (code.charAt(at) == '}' && !heads.isEmpty()) {
                int start = openMethods.pop();
                if (heads.pop().equals("(method)")) {
                    methods.add(method(start, at));
                }
            }
        }
        return methods;
    }

    private static boolean methodIn(String enclosing, String head) {
        return enclosing.equals("(type)")
                && !TYPE.matcher(head).find()
                && !CONTROL.matcher(head).matches()
                && !anonymous(head)
                && METHOD_HEAD.matcher(head).find();
    }

    private static boolean anonymous(String head) {
        return Pattern.compile("\\bnew\\s+[\\w.<>?, ]+\\([^{}]*\\)\\s*$", Pattern.DOTALL)
                .matcher(head)
                .find();
    }

    /** What stands before a brace since the last statement or block. */
    private String head(int brace) {
        int from = brace - 1;
        while (from >= 0 && ";{}".indexOf(code.charAt(from)) < 0) {
            from--;
        }
        return code.substring(from + 1, brace);
    }

    private Method method(int open, int close) {
        String head = head(open);
        Matcher named = METHOD_HEAD.matcher(head);
        String name = named.find() ? named.group(1) : "?";
        int start = open - head.length() + head.lastIndexOf(name + "(") + 1;
        int lines = (int) code.substring(Math.max(0, start), close)
                        .chars()
                        .filter(c -> c == '\n')
                        .count()
                + 1;
        return new Method(name, head, open, close, lines);
    }

    /** Parameters of a method head, commas inside generics not counted. */
    static int parameters(String head) {
        String plain = head.replaceAll("@\\w+(?:\\([^()]*\\))?", " ");
        int from = plain.indexOf('(');
        String list = plain.substring(from + 1, plain.lastIndexOf(')'));
        while (list.contains("<")) {
            String next = list.replaceAll("<[^<>]*>", "");
            list = next.equals(list) ? list.replace("<", "") : next;
        }
        return list.isBlank() ? 0 : (int) Arrays.stream(list.split(",")).count();
    }
}
