package io.tidemark.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tidemark.tests.architecture.JavaSource.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SourceRulesTest {
    // what fits on a screen gets read
    private static final int FILE_LINES = 300;
    private static final int METHOD_LINES = 40;
    private static final int PARAMETERS = 5;

    /** Reviewed exceptions, each with its reason. */
    private static final Set<String> MANY_PARAMETERS = Set.of(
            // walks two texts at once by position; a pair object per step would be the hot path's only garbage
            "../audit-correlator/src/main/java/io/tidemark/audit/diff/Comparison.java");

    private static final Set<String> VAGUE = Set.of("util", "utils", "common", "helper", "helpers", "impl", "manager");
    // put together at run time, so that this file does not break its own rule
    private static final Pattern UNFINISHED = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile("[\"' (](?:/wo" + "rk/|/ro" + "ot/\\.|/ho" + "me/\\w|/tm" + "p/)");
    private static final Pattern ASSERTION = Pattern.compile(
            "\\bassert\\w*\\s*\\(|\\bassertThat\\b|\\bfail\\s*\\(|\\.check\\s*\\(|\\bexpect\\w*\\s*\\(");
    private static final Pattern TEST = Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

    private static List<JavaSource> sources;

    @BeforeAll
    static void read() {
        sources = JavaSource.all();
        assertTrue(sources.size() > 100, () -> "only " + sources.size() + " sources found");
    }

    @Test
    void haveShortFiles() {
        assertEquals(List.of(), where(source -> source.lines() > FILE_LINES), "split by job: at most 300 lines a file");
    }

    @Test
    void haveShortMethods() {
        assertEquals(
                List.of(),
                methods(method -> method.lines() > METHOD_LINES),
                "give a part of it a name: at most 40 lines a method");
    }

    @Test
    void takeFewParameters() {
        assertEquals(
                List.of(),
                methods(method -> JavaSource.parameters(method.head()) > PARAMETERS).stream()
                        .filter(found -> MANY_PARAMETERS.stream().noneMatch(found::startsWith))
                        .toList(),
                "group what belongs together into a record: at most 5 parameters");
    }

    @Test
    void holdOneTopLevelTypeEach() {
        Predicate<JavaSource> several = source -> source.topLevelTypes() > 1;
        assertEquals(List.of(), where(several), "give each type its own file, or nest it");
    }

    @Test
    void sayInEachPackageWhatItIsFor() {
        Set<Path> described = sources.stream()
                .filter(source -> source.file().endsWith("package-info.java"))
                .filter(source ->
                        source.text().startsWith("/**") && source.text().contains("@NullMarked"))
                .map(source -> source.file().getParent())
                .collect(Collectors.toSet());
        Set<Path> undescribed = new TreeSet<>();
        sources.stream()
                .filter(source -> !source.test())
                .map(source -> source.file().getParent())
                .filter(folder -> !described.contains(folder))
                .forEach(undescribed::add);
        assertEquals(Set.of(), undescribed, "add package-info.java: one sentence of Javadoc and @NullMarked");
    }

    @Test
    void liveInPackagesWhoseNamesSaySomething() {
        Predicate<JavaSource> vague = source -> {
            for (Path part : source.file()) {
                if (VAGUE.contains(part.toString())) {
                    return true;
                }
            }
            return false;
        };
        assertEquals(List.of(), where(vague), "name the package after what it is about");
    }

    @Test
    void areFinished() {
        assertEquals(
                List.of(),
                where(source -> UNFINISHED.matcher(source.text()).find()),
                "do it, or write it down where the work is planned");
    }

    @Test
    void nameNoFolderOfTheMachineTheyWereWrittenOn() {
        assertEquals(
                List.of(),
                where(source -> MACHINE_PATH.matcher(source.text()).find()),
                "use a relative path or a temporary folder handed in by the test");
    }

    @Test
    void assertSomethingInEveryTest() {
        List<String> silent = new ArrayList<>();
        for (JavaSource source : sources) {
            if (source.test()) {
                silent.addAll(testsWithoutAssertion(source));
            }
        }
        assertEquals(List.of(), silent, "a test that cannot fail tests nothing");
    }

    /** Tests that assert neither themselves nor through methods of their file. */
    private static List<String> testsWithoutAssertion(JavaSource source) {
        List<Method> methods = source.methods();
        Set<String> asserting = new TreeSet<>();
        int before;
        do {
            before = asserting.size();
            for (Method method : methods) {
                String body = source.code().substring(method.start(), method.end());
                boolean asserts = ASSERTION.matcher(body).find()
                        || asserting.stream()
                                .anyMatch(name -> Pattern.compile("\\b" + name + "\\b")
                                        .matcher(body)
                                        .find());
                if (asserts) {
                    asserting.add(method.name());
                }
            }
        } while (asserting.size() > before);
        return methods.stream()
                .filter(method -> TEST.matcher(method.head()).find() && !asserting.contains(method.name()))
                .map(method -> source.file() + " " + method.name())
                .toList();
    }

    private static List<String> where(Predicate<JavaSource> broken) {
        return sources.stream()
                .filter(broken)
                .map(source -> source.file() + " (" + source.lines() + " lines)")
                .toList();
    }

    private static List<String> methods(Predicate<Method> broken) {
        List<String> found = new ArrayList<>();
        for (JavaSource source : sources) {
            source.methods().stream()
                    .filter(broken)
                    .forEach(method ->
                            found.add(source.file() + " " + method.name() + " (" + method.lines() + " lines)"));
        }
        return found;
    }
}
