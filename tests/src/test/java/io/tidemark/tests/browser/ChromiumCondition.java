package io.tidemark.tests.browser;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Browser tests run where there is a Chromium, and always where the environment variable {@code CI} is set: there, a
 * missing Chromium is a failure. Elsewhere one line says that they were left out.
 */
final class ChromiumCondition implements ExecutionCondition {
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (Chromium.find().isPresent() || System.getenv("CI") != null) {
            return ConditionEvaluationResult.enabled("Chromium, or CI");
        }
        if (TOLD.compareAndSet(false, true)) {
            System.out.println("Browser tests were left out: no Chromium on the path. Install one (Debian: apt-get"
                    + " install chromium) or set " + Chromium.VARIABLE
                    + " to its executable, and run ./mvnw verify again.");
        }
        return ConditionEvaluationResult.disabled("no Chromium on this machine");
    }
}
