package io.tidemark.tests.browser;

import java.util.Objects;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests their {@link Shop} and {@link Visitor}, and looks afterwards whether the visit was clean. */
final class BrowserFixture implements ParameterResolver, AfterEachCallback {
    private static final Namespace SPACE = Namespace.create(BrowserFixture.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Shop.class || type == Visitor.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shop shop = shop(context);
        if (parameter.getParameter().getType() == Shop.class) {
            return shop;
        }
        return context.getStore(SPACE).computeIfAbsent(Visitor.class, key -> new Visitor(shop), Visitor.class);
    }

    /** One for the whole run; closed when all tests are done. */
    private static Shop shop(ExtensionContext context) {
        return Objects.requireNonNull(
                context.getRoot().getStore(SPACE).computeIfAbsent(Shop.class, key -> open(), Shop.class));
    }

    private static Shop open() {
        try {
            return Shop.open();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("the platform cannot be started", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Visitor visitor = context.getStore(SPACE).remove(Visitor.class, Visitor.class);
        if (visitor != null) {
            visitor.leave(context.getExecutionException().isPresent() ? context.getDisplayName() : "");
        }
    }
}
