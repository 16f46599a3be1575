package io.tidemark.tests.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of tests that take a {@link Visitor} (a fresh one for each test) and the {@link Shop} (one for all). */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith({ChromiumCondition.class, BrowserFixture.class})
@interface InBrowser {}
