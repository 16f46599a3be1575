package io.tidemark.service;

import io.tidemark.service.ConfigException.Problem;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One YAML file flattened to dotted keys. Scalars stay as written: the keys decide the types, not YAML. */
final class YamlFile {
    private final Path file;
    private final Map<String, RawValue> values = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private YamlFile(Path file) {
        this.file = file;
    }

    static YamlFile read(Path file) {
        YamlFile result = new YamlFile(file);
        try {
            // no aliases for collections: a setting stands where it is, and a file cannot unfold without end
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(file.toString())
                    .setMaxAliasesForCollections(0)
                    .build();
            new Compose(settings).composeString(Files.readString(file)).ifPresent(result::root);
        } catch (MarkedYamlEngineException e) {
            String source = e.getProblemMark().map(result::at).orElse(file.toString());
            result.problems.add(new Problem("", source, "not YAML: " + e.getProblem()));
        } catch (YamlEngineException e) {
            result.problems.add(new Problem("", file.toString(), "not usable YAML: " + e.getMessage()));
        } catch (NoSuchFileException e) {
            result.problems.add(new Problem("", file.toString(), "the file does not exist"));
        } catch (CharacterCodingException e) {
            result.problems.add(new Problem("", file.toString(), "the file is not UTF-8 text"));
        } catch (IOException e) {
            result.problems.add(new Problem("", file.toString(), "the file cannot be read: " + e.getMessage()));
        }
        return result;
    }

    Map<String, RawValue> values() {
        return values;
    }

    List<Problem> problems() {
        return problems;
    }

    private void root(Node node) {
        if (node instanceof MappingNode mapping) {
            flatten("", mapping);
        } else if (!node.getTag().equals(Tag.NULL)) {
            problems.add(new Problem("", at(node), "expected keys with values at the top of the file"));
        }
    }

    private void flatten(String prefix, MappingNode mapping) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(new Problem(prefix, at(tuple.getKeyNode()), "expected a name as key"));
                continue;
            }
            String key = prefix.isEmpty() ? keyNode.getValue() : prefix + "." + keyNode.getValue();
            value(key, at(keyNode), tuple.getValueNode());
        }
    }

    private void value(String key, String source, Node node) {
        switch (node) {
            case MappingNode mapping -> flatten(key, mapping);
            case SequenceNode sequence -> sequence(key, source, sequence);
            case ScalarNode scalar -> scalar(key, source, scalar);
            default -> problems.add(new Problem(key, source, "expected a value, a list or keys"));
        }
    }

    private void scalar(String key, String source, ScalarNode scalar) {
        if (scalar.getTag().equals(Tag.NULL)) {
            problems.add(new Problem(key, source, "has no value; leave the key out to get the default"));
        } else {
            put(key, new RawValue(scalar.getValue(), false, source));
        }
    }

    private void sequence(String key, String source, SequenceNode sequence) {
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
                items.add(scalar.getValue());
            } else {
                problems.add(new Problem(key, at(item), "expected a plain value as item of the list"));
                return;
            }
        }
        put(key, new RawValue(ValueType.join(items), true, source));
    }

    private void put(String key, RawValue value) {
        RawValue earlier = values.putIfAbsent(key, value);
        if (earlier != null) {
            problems.add(new Problem(key, value.source(), "is set twice, first at " + earlier.source()));
        }
    }

    private String at(Node node) {
        return node.getStartMark().map(this::at).orElse(file.toString());
    }

    private String at(Mark mark) {
        return file + ":" + (mark.getLine() + 1);
    }
}
