package io.tidemark.tests.conformance;

/** One request of a program that goes by what was replied before. */
@FunctionalInterface
interface Step {
    Call next(Known known);
}
