package io.tidemark.query.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.PrintWriter;

/** Answers as YAML documents. */
final class YamlPrinter implements Printer {
    private final PrintWriter out;
    private final YAMLMapper yaml = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build());

    YamlPrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void print(Answer answer) {
        try {
            out.print(yaml.writeValueAsString(answer.json()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON in memory cannot be written as YAML", e);
        }
    }

    @Override
    public void next(Answer answer) {
        out.println("---");
        print(answer);
    }
}
