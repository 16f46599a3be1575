package io.tidemark.tests.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import io.tidemark.topic.Topic;
import io.tidemark.topic.Topics;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One writer per topic, as far as class files tell: who names a topic, and who owns something that writes. */
class TopicWritersTest {
    private static final Set<String> WRITING_TYPES = Set.of(
            "org.apache.kafka.clients.producer.KafkaProducer",
            "org.apache.kafka.clients.producer.Producer",
            "org.apache.flink.connector.kafka.sink.KafkaSink");

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = Module.mainClasses();
    }

    @Test
    void areTheOnlyOnesBesidesReadersWhoNameATopic() throws IllegalAccessException {
        var topics = new TreeMap<String, Topic<?, ?>>();
        for (Field field : Topics.class.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.get(null) instanceof Topic<?, ?> topic) {
                topics.put(field.getName(), topic);
            }
        }
        assertEquals(Set.copyOf(Topics.ALL), Set.copyOf(topics.values()));
        List<String> strangers = new ArrayList<>();
        for (JavaClass type : classes) {
            for (JavaFieldAccess access : type.getFieldAccessesFromSelf()) {
                Topic<?, ?> topic = topics.get(access.getTarget().getName());
                boolean names = access.getTargetOwner().getName().equals(Topics.class.getName());
                if (names && topic != null && !mayName(topic, module(type))) {
                    strangers.add(access.getDescription());
                }
            }
        }
        assertEquals(
                List.of(),
                strangers,
                "only a topic's writer, its readers, deploy and tests name it: list the module in Topics, or ask its"
                        + " writer to write for you");
    }

    @Test
    void areTheOnlyModulesThatOwnAProducer() {
        List<String> strangers = classes.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use ->
                                WRITING_TYPES.contains(use.getTargetClass().getName())))
                .filter(type -> Topics.ALL.stream()
                        .noneMatch(topic -> topic.writer().equals(module(type).folder())))
                .map(JavaClass::getName)
                .toList();
        assertEquals(List.of(), strangers, "a module that writes must be named as a topic's writer in Topics");
    }

    @Test
    void areModulesThatExist() {
        for (Topic<?, ?> topic : Topics.ALL) {
            assertTrue(
                    Arrays.stream(Module.values())
                            .anyMatch(module -> module.folder().equals(topic.writer())),
                    () -> topic.name() + " is written by no module: " + topic.writer());
        }
    }

    private static boolean mayName(Topic<?, ?> topic, Module module) {
        return switch (module) {
            case SCHEMAS, DEPLOY, TESTS -> true;
            case SCHEMA_REGISTRY,
                    REVISION_STORE,
                    WATCH_FANOUT,
                    INGEST,
                    AUDIT_SETTINGS,
                    AUDIT_CORRELATOR,
                    QUERY_API,
                    TESTS_JETCD ->
                topic.writer().equals(module.folder()) || topic.readers().contains(module.folder());
        };
    }

    private static Module module(JavaClass type) {
        return Arrays.stream(Module.values())
                .filter(module -> module.owns(type.getPackageName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(type.getName() + " belongs to no module"));
    }
}
