package io.tidemark.tests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import io.tidemark.audit.config.CorrelatorConfig;
import io.tidemark.service.ConfigKey;
import io.tidemark.service.MetricSpec;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever a module declares stands on its reference page, also in a module that is new. */
class ReferencesTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");

    @Test
    void everyMetricOfEveryModuleIsDocumented() throws IOException {
        String page = Files.readString(FOLDER.resolve("metrics.md"));
        List<String> names = Module.mainClasses().stream()
                .filter(type -> type.isAssignableTo(MetricSpec.class) && type.isEnum())
                .flatMap(type -> Arrays.stream(type.reflect().getEnumConstants()))
                .map(constant -> ((MetricSpec) constant).metricName())
                .toList();

        assertThat(names).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(names).filteredOn(name -> !page.contains("`" + name + "`")).isEmpty();
    }

    @Test
    void everySettingOfEveryModuleIsDocumented() throws IllegalAccessException, IOException {
        String page = Files.readString(FOLDER.resolve("config.md"));
        List<String> names = new ArrayList<>();
        for (JavaClass type : Module.mainClasses()) {
            for (JavaField field : type.getFields()) {
                if (field.getRawType().isEquivalentTo(ConfigKey.class)
                        && Modifier.isStatic(field.reflect().getModifiers())) {
                    field.reflect().setAccessible(true);
                    names.add(((ConfigKey<?>) field.reflect().get(null)).name());
                }
            }
        }
        // told to the correlator's process by the one that starts it, not by people
        CorrelatorConfig.PLACE.forEach(key -> names.remove(key.name()));

        assertThat(names).hasSizeGreaterThan(40);
        assertThat(names).filteredOn(name -> !page.contains("`" + name + "`")).isEmpty();
    }
}
