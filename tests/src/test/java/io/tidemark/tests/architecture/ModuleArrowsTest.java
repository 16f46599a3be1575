package io.tidemark.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ModuleArrowsTest {
    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = Module.mainClasses();
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void importsOnlyWhatTheBlueprintAllows(Module module) {
        noClasses()
                .that()
                .resideInAnyPackage(module.patterns())
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module.forbiddenPatterns())
                .because(module.instead())
                .check(classes);
    }

    @ParameterizedTest
    @EnumSource(Module.class)
    void isReallyLookedAt(Module module) {
        assertTrue(
                classes.stream().anyMatch(type -> module.owns(type.getPackageName())),
                () -> "no classes of " + module.folder() + " were found: compile it first");
    }

    @Test
    void putsEveryPackageIntoAModule() {
        List<String> homeless = classes.stream()
                .map(JavaClass::getPackageName)
                .distinct()
                .filter(name -> Arrays.stream(Module.values()).noneMatch(module -> module.owns(name)))
                .toList();
        assertEquals(List.of(), homeless, "list the package in Module.java under the module that it belongs to");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.., io.tidemark.deploy.broker.., the embedded broker is the only user of the broker's own classes: use clients",
        "org.apache.kafka.server.., io.tidemark.deploy.broker.., use the Kafka clients' API",
        "org.apache.kafka.metadata.., io.tidemark.deploy.broker.., use the Kafka clients' API",
        "org.apache.kafka.storage.., io.tidemark.deploy.broker.., use the Kafka clients' API",
        "org.apache.flink.avro.registry.., io.tidemark.registry.., go through SchemaRegistry",
        "org.apache.flink.(api|connector|core|runtime|state|streaming|util|configuration|metrics).., io.tidemark.audit.job.., Flink belongs into audit.job: keep the core pure",
        "org.rocksdb.., io.tidemark.revision.store.., go through Image and View",
        "org.apache.lucene.., io.tidemark.query.lucene.., go through SpanStore",
        "picocli.., io.tidemark.query.cli..|io.tidemark.ingest.cli..|io.tidemark.revision.cli..|io.tidemark.deploy..|io.tidemark.tests.bench.., commands belong into the cli packages and deploy"
    })
    void keepsEachEngineInItsOwnPackage(String engine, String homes, String instead) {
        noClasses()
                .that()
                .resideInAPackage("io.tidemark..")
                .and()
                .resideOutsideOfPackages(homes.split("\\|"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(engine)
                .because(instead)
                .check(classes);
    }
}
