package io.tidemark.tests.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import io.tidemark.topic.AvroBinary;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;
import org.junit.jupiter.api.Test;

/** Avro fills only classes that somebody vouched for; whoever reads before that fails, in a process that has just started. */
class TrustedContractsTest {
    @Test
    void areReadWhereTheyAreVouchedFor() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(AvroBinary.class.getName())
                .and()
                .resideOutsideOfPackage("io.tidemark.schema..")
                .should()
                .callConstructor(SpecificDatumReader.class, Schema.class, Schema.class)
                .orShould()
                .callConstructor(SpecificDatumReader.class, Schema.class)
                .because(
                        "a process that reads before the contracts are vouched for refuses them: ask AvroBinary.reader")
                .check(Module.mainClasses());
    }
}
