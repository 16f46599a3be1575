package io.tidemark.query.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidemark.service.CommandFailure;
import io.tidemark.service.CommandFailure.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the object that a few words name. */
final class ObjectFinder {
    private static final String PAGE = "1000";
    private static final int MOST_SUGGESTIONS = 5;

    private final ApiClient api;

    ObjectFinder(ApiClient api) {
        this.api = api;
    }

    /**
     * What was written.
     *
     * @param type plural, singular, kind or short name, with or without group
     * @param namespace null: any
     * @param cluster null: any
     */
    record Wanted(
            String type,
            String name,
            @Nullable String namespace,
            @Nullable String cluster) {
        Map<String, String> place() {
            Map<String, String> parameters = new LinkedHashMap<>();
            if (cluster != null) {
                parameters.put("cluster", cluster);
            }
            if (namespace != null) {
                parameters.put("namespace", namespace);
            }
            return parameters;
        }
    }

    /** Objects of this name and type, one per cluster, type and namespace; incarnations count once. */
    List<JsonNode> find(Wanted wanted) {
        Map<String, String> parameters = wanted.place();
        parameters.put("name", wanted.name());
        parameters.put("limit", PAGE);
        Optional<KnownTypes.Type> known = KnownTypes.find(wanted.type());
        known.ifPresent(type -> {
            parameters.put("resource", type.resource());
            parameters.put("group", type.group().isEmpty() ? "core" : type.group());
        });
        Map<String, JsonNode> found = new LinkedHashMap<>();
        JsonNode page;
        do {
            page = api.get("/objects", parameters);
            for (JsonNode object : page.path("objects")) {
                if (object.path("name").asText().equals(wanted.name())
                        && (known.isPresent() || isOf(object, wanted.type()))) {
                    found.putIfAbsent(path(object), object);
                }
            }
            parameters.put("cursor", page.path("next").asText());
        } while (page.path("next").isTextual());
        return List.copyOf(found.values());
    }

    /** Where the API has the object. */
    static String path(JsonNode object) {
        return "/objects/" + part(object, "cluster", "") + "/" + part(object, "group", "core") + "/"
                + part(object, "resource", "") + "/" + part(object, "namespace", "-") + "/" + part(object, "name", "");
    }

    /** Why nothing was found, with what comes near. */
    CommandFailure nothing(Wanted wanted) {
        List<JsonNode> objects = near(wanted);
        List<String> remedies = new ArrayList<>();
        objects.stream()
                .map(object -> "did you mean " + ObjectNames.withFlags(object, wanted.cluster() != null) + "?")
                .distinct()
                .forEach(remedies::add);
        if (remedies.isEmpty()) {
            remedies.add("`tidemark find` lists what is known; `tidemark doctor` says what period that covers");
        }
        return new CommandFailure(
                Kind.NOT_FOUND,
                "no " + wanted.type() + " named " + wanted.name() + " is known"
                        + (wanted.namespace() == null ? "" : " in namespace " + wanted.namespace())
                        + (wanted.cluster() == null ? "" : " of cluster " + wanted.cluster()),
                remedies.toArray(String[]::new));
    }

    /** Names like the wanted one: of its type and place, else of any type, else anywhere. */
    private List<JsonNode> near(Wanted wanted) {
        List<Map<String, String>> questions = new ArrayList<>();
        KnownTypes.find(wanted.type()).ifPresent(type -> {
            Map<String, String> ofType = wanted.place();
            ofType.put("resource", type.resource());
            questions.add(ofType);
        });
        questions.add(wanted.place());
        questions.add(new LinkedHashMap<>());
        List<JsonNode> objects = new ArrayList<>();
        for (Map<String, String> question : questions) {
            if (objects.isEmpty()) {
                question.put("q", wanted.name());
                question.put("limit", Integer.toString(MOST_SUGGESTIONS));
                api.get("/objects", question).path("objects").forEach(objects::add);
            }
        }
        return objects;
    }

    private static boolean isOf(JsonNode object, String type) {
        String wanted = type.toLowerCase(Locale.ROOT);
        String group = object.path("group").asText();
        String plural = object.path("resource").asText().toLowerCase(Locale.ROOT);
        String kind = object.path("kind").asText().toLowerCase(Locale.ROOT);
        return List.of(plural, kind, plural + "." + group, kind + "." + group).contains(wanted);
    }

    private static String part(JsonNode object, String member, String whenEmpty) {
        String text = object.path(member).asText();
        return ApiClient.encoded(text.isEmpty() ? whenEmpty : text);
    }
}
