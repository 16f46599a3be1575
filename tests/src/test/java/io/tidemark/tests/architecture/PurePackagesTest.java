package io.tidemark.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PurePackagesTest {
    private static final String[] PURE = {
        "io.tidemark.kube..",
        "io.tidemark.ingest.audit..",
        "io.tidemark.audit.fact..",
        "io.tidemark.audit.correlate..",
        "io.tidemark.audit.diff..",
        "io.tidemark.query.trace..",
        "io.tidemark.query.span..",
        "io.tidemark.revision.machine..",
        "io.tidemark.revision.auth..",
        "io.tidemark.revision.encoding..",
        "io.tidemark.revision.bolt..",
        "io.tidemark.revision.lease..",
        "io.tidemark.watch.hub..",
        "io.tidemark.watch.lock..",
        "io.tidemark.watch.view.."
    };
    private static final String INSTEAD =
            "a pure package gets time, bytes and settings handed in and returns values, so that a replay equals life:"
                    + " do it in the engine package that calls it";
    private static final String[] ENGINES = {
        "org.apache.kafka..",
        "org.apache.flink..",
        "io.vertx..",
        "org.apache.lucene..",
        "org.rocksdb..",
        "org.slf4j..",
        "ch.qos.logback..",
        "java.util.logging..",
        "io.micrometer..",
        "java.net..",
        "java.nio.file..",
        "java.nio.channels..",
        "java.sql.."
    };
    private static final Set<String> TYPES = Set.of(
            "java.io.File",
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.FileReader",
            "java.io.FileWriter",
            "java.io.RandomAccessFile",
            "java.lang.Thread",
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.util.Random",
            "java.security.SecureRandom",
            "java.util.Timer",
            "java.util.concurrent.Executors",
            "java.util.concurrent.ExecutorService",
            "java.util.concurrent.ThreadLocalRandom");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = Module.mainClasses();
    }

    @Test
    void knowNoEngineNoFileAndNoNetwork() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(new DescribedPredicate<>("are engines, files, loggers or the network") {
                    @Override
                    public boolean test(JavaClass type) {
                        String name = type.getPackageName();
                        boolean plainUri = type.getName().startsWith("java.net.URI")
                                || type.getName().startsWith("java.net.URLDecoder")
                                || type.getName().startsWith("java.net.URLEncoder");
                        return !plainUri && Arrays.stream(ENGINES).anyMatch(engine -> within(name, engine));
                    }
                })
                .because(INSTEAD)
                .check(classes);
    }

    /** Every reader of the log has to come to the same state, in any process and however old the record is. */
    @Test
    void theMachineKnowsNothingButTheJdk() {
        classes()
                .that()
                .resideInAPackage("io.tidemark.revision.machine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("io.tidemark.revision.machine..", "java..", "org.jspecify..")
                .because(INSTEAD)
                .check(classes);
    }

    private static boolean within(String name, String pattern) {
        String prefix = pattern.substring(0, pattern.length() - 2);
        return name.equals(prefix) || name.startsWith(prefix + ".");
    }

    @Test
    void knowNoThreadRandomOrFile() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "are threads, randomness or files", type -> TYPES.contains(type.getName())))
                .because(INSTEAD)
                .check(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "java.lang.System, currentTimeMillis|nanoTime|getenv|getProperty",
        "java.time.Instant, now",
        "java.time.Clock, system.*|tick.*",
        "java.time.InstantSource, system",
        "java.time.LocalDateTime, now",
        "java.time.OffsetDateTime, now",
        "java.time.ZonedDateTime, now",
        "java.time.LocalDate, now",
        "java.util.UUID, randomUUID",
        "java.lang.Math, random"
    })
    void askNoClockEnvironmentOrDice(String type, String method) {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "it is " + type + "." + method,
                        (JavaMethodCall call) -> call.getTargetOwner().getName().equals(type)
                                && call.getName().matches(method)))
                .because(INSTEAD)
                .check(classes);
    }
}
