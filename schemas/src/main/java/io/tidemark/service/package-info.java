/** The small kit every process of Tidemark is put together with. */
@NullMarked
package io.tidemark.service;

import org.jspecify.annotations.NullMarked;
