package io.tidemark.tests.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The modules and which of them each may import. */
enum Module {
    SCHEMAS(
            "schemas",
            "io.tidemark.schema.audit",
            "io.tidemark.schema.kv",
            "io.tidemark.topic",
            "io.tidemark.service",
            "io.tidemark.kube"),
    /** Loaded at run time by a class loader of its own; nobody imports it. */
    SCHEMA_REGISTRY("schemas/registry", "io.tidemark.registry"),
    REVISION_STORE("revision-store", "io.tidemark.revision"),
    WATCH_FANOUT("watch-fanout", "io.tidemark.watch"),
    INGEST("ingest", "io.tidemark.ingest"),
    /** The correlator's settings and metrics: all of it that the process that starts it may see. */
    AUDIT_SETTINGS("audit-correlator", "io.tidemark.audit.config", "io.tidemark.audit.metric"),
    AUDIT_CORRELATOR(
            "audit-correlator",
            "io.tidemark.audit.correlate",
            "io.tidemark.audit.diff",
            "io.tidemark.audit.fact",
            "io.tidemark.audit.job",
            "io.tidemark.schema.correlate"),
    QUERY_API("query-api", "io.tidemark.query"),
    DEPLOY("deploy", "io.tidemark.deploy"),
    /** Started by the tests with a class path of its own; nobody imports it, and it nobody. */
    TESTS_JETCD("tests/jetcd", "io.tidemark.jetcd"),
    TESTS("tests", "io.tidemark.tests");

    private static final Path ROOT = Path.of("..");

    private final String folder;
    private final List<String> packages;

    Module(String folder, String... packages) {
        this.folder = folder;
        this.packages = List.of(packages);
    }

    String folder() {
        return folder;
    }

    Set<Module> mayImport() {
        return switch (this) {
            case SCHEMAS, TESTS_JETCD -> EnumSet.noneOf(Module.class);
            case SCHEMA_REGISTRY, REVISION_STORE, INGEST, AUDIT_SETTINGS, QUERY_API -> EnumSet.of(SCHEMAS);
            case WATCH_FANOUT -> EnumSet.of(SCHEMAS, REVISION_STORE);
            case AUDIT_CORRELATOR -> EnumSet.of(SCHEMAS, AUDIT_SETTINGS);
            case DEPLOY -> EnumSet.of(SCHEMAS, REVISION_STORE, WATCH_FANOUT, INGEST, AUDIT_SETTINGS, QUERY_API);
            case TESTS -> EnumSet.of(SCHEMAS, REVISION_STORE, WATCH_FANOUT, INGEST, AUDIT_SETTINGS, QUERY_API, DEPLOY);
        };
    }

    /** What to do instead of importing a module that is not allowed. */
    String instead() {
        return switch (this) {
            case SCHEMAS -> "schemas knows no other module: what only one module needs belongs into that module";
            case SCHEMA_REGISTRY, REVISION_STORE, INGEST, AUDIT_SETTINGS, AUDIT_CORRELATOR, QUERY_API ->
                folder + " may import schemas only: put what crosses the boundary into an Avro record of schemas and"
                        + " send it over a topic, or let deploy wire the two";
            case WATCH_FANOUT ->
                "watch-fanout stands on revision-store and schemas alone: what it serves for others, deploy wires";
            case DEPLOY ->
                "deploy starts the correlator as a child process with its own class path: pass it configuration and"
                        + " arguments, import nothing of it";
            case TESTS_JETCD -> "the program knows a server by its URL alone";
            case TESTS ->
                "tests prove the correlator from outside: feed a topic and read the spans, import nothing of it";
        };
    }

    /** Patterns of this module's packages. */
    String[] patterns() {
        return packages.stream().map(name -> name + "..").toArray(String[]::new);
    }

    String[] forbiddenPatterns() {
        return Arrays.stream(values())
                .filter(other -> other != this && !mayImport().contains(other))
                .flatMap(other -> Arrays.stream(other.patterns()))
                .toArray(String[]::new);
    }

    boolean owns(String packageName) {
        return packages.stream().anyMatch(own -> packageName.equals(own) || packageName.startsWith(own + "."));
    }

    Path root() {
        return ROOT.resolve(folder);
    }

    /** Main classes of all modules, read as files: a module is looked at without being on the class path. */
    static JavaClasses mainClasses() {
        List<Path> folders = Arrays.stream(values())
                .map(module -> module.root().resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }
}
