package io.tidemark.watch.view;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelException;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted, in CEL (cel.dev), the language of Kubernetes' own validation and admission rules:
 *
 * <pre>
 *   object.kind == 'Pod' &amp;&amp; object.spec.nodeName == 'n1'
 *   type == 'PUT' &amp;&amp; old != null &amp;&amp; object.spec.replicas != old.spec.replicas
 * </pre>
 *
 * <p>One that asks for {@code object} and {@code key} only says which objects are wanted, as labels do; one that asks for {@code
 * old}, {@code type} or {@code revision} as well, which events are. What it may take is bounded by its length, the iterations of
 * its loops and the size of its patterns, which are matched in linear time.
 */
public final class Filter {
    /** All events. */
    public static final Filter EVERYTHING = new Filter("", null, true);

    static final String OBJECT = "object";
    static final String OLD = "old";
    static final String TYPE = "type";
    static final String KEY = "key";
    static final String REVISION = "revision";

    private static final Set<String> OF_EVENTS = Set.of(OLD, TYPE, REVISION);

    private final String text;
    private final CelRuntime.@Nullable Program program;
    private final boolean ofObjects;

    /** What it is compiled and evaluated with; made when there is the first one. */
    private static final class Language {
        private static final int LONGEST = 1_024;
        private static final int DEPTH_MAX = 32;
        private static final int ITERATIONS_MAX = 1_000;
        private static final int PATTERN_MAX = 1_000;

        private static final CelOptions BOUNDS = CelOptions.current()
                .maxExpressionCodePointSize(LONGEST)
                .maxParseRecursionDepth(DEPTH_MAX)
                .comprehensionMaxIterations(ITERATIONS_MAX)
                .maxRegexProgramSize(PATTERN_MAX)
                .enableHeterogeneousNumericComparisons(true)
                .build();
        static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(BOUNDS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar(OBJECT, SimpleType.DYN)
                .addVar(OLD, SimpleType.DYN)
                .addVar(TYPE, SimpleType.STRING)
                .addVar(KEY, SimpleType.STRING)
                .addVar(REVISION, SimpleType.INT)
                .setResultType(SimpleType.BOOL)
                .build();
        /** Much faster here than the newer one, the planner. */
        static final CelRuntime RUNTIME =
                CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(BOUNDS).build();
    }

    private Filter(String text, CelRuntime.@Nullable Program program, boolean ofObjects) {
        this.text = text;
        this.program = program;
        this.ofObjects = ofObjects;
    }

    /** Takes some milliseconds, the first time much more. */
    static Filter compile(String text) throws BadParameterException {
        CelValidationResult result = Language.COMPILER.compile(text);
        if (result.hasError()) {
            throw bad(result.getErrors().getFirst());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new Filter(text, Language.RUNTIME.createProgram(tree), isOfObjects(tree));
        } catch (CelException e) {
            throw new BadParameterException("filter", "filter cannot be evaluated: " + e.getMessage());
        }
    }

    private static BadParameterException bad(CelIssue issue) {
        int column = issue.getSourceLocation().getColumn() + 1;
        String line = issue.getSourceLocation().getLine() > 1
                ? "line " + issue.getSourceLocation().getLine() + ", "
                : "";
        return new BadParameterException(
                "filter", "filter, " + line + "character " + column + ": " + issue.getMessage());
    }

    private static boolean isOfObjects(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .filter(node -> node.getKind() == Kind.IDENT)
                .noneMatch(node -> OF_EVENTS.contains(node.expr().ident().name()));
    }

    boolean isEverything() {
        return program == null;
    }

    /** Whether it says which objects are wanted; not so when it asks for what happened to them as well. */
    boolean isOfObjects() {
        return ofObjects;
    }

    /** @param variables by their names; those that it asks for are looked up, once or several times */
    boolean matches(Function<String, Object> variables) throws UnanswerableException {
        if (program == null) {
            return true;
        }
        try {
            Object found = program.eval(name -> Optional.of(variables.apply(name)));
            if (found instanceof Boolean answer) {
                return answer;
            }
            throw new UnanswerableException("the filter came to " + found + ", which is neither true nor false");
        } catch (CelEvaluationException e) {
            throw new UnanswerableException(String.valueOf(e.getMessage()));
        }
    }

    /** It comes to nothing for an event: a member is not there, something is no number, or it took too long. */
    static final class UnanswerableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnanswerableException(String message) {
            super(message);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Filter filter && filter.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
