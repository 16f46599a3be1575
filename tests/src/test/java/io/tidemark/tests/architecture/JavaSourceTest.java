package io.tidemark.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tidemark.tests.architecture.JavaSource.Method;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class JavaSourceTest {
    private static final JavaSource SOURCE = JavaSource.of(Path.of("Sample.java"), """
            package sample;

            record Sample(int a, int b) implements Runnable {
                Sample {
                    check(a);
                }

                @Override
                public void run() {
                    if (a > 0) { // a brace { in a comment
                        String text = "{ { {";
                    }
                    Runnable other = new Runnable() {
                        public void run() {
                            check(1);
                        }
                    };
                }

                static <T> void check(java.util.Map<String, T> map, int number) throws Exception, Error {
                    switch (number) {
                        case 1 -> {
                            return;
                        }
                        default -> {}
                    }
                }
            }
            """);

    @Test
    void findsMethodsAndTheirLines() {
        assertEquals(
                List.of("run 3", "run 10", "check 8"),
                SOURCE.methods().stream().map(m -> m.name() + " " + m.lines()).toList());
    }

    @Test
    void countsParametersNotCommasInGenerics() {
        assertEquals(
                List.of(0, 0, 2),
                SOURCE.methods().stream()
                        .map(Method::head)
                        .map(JavaSource::parameters)
                        .toList());
    }

    @Test
    void countsOutermostTypes() {
        assertEquals(1, SOURCE.topLevelTypes());
        assertEquals(
                2,
                JavaSource.of(Path.of("Two.java"), "class A { class In {} }\ninterface B {}")
                        .topLevelTypes());
    }
}
