/** The small kit every process is put together with: lifecycle, health, typed configuration, metrics, reference pages. */
@NullMarked
package io.tidemark.service;

import org.jspecify.annotations.NullMarked;
