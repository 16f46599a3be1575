/** The one HTTP port of the process. */
@NullMarked
package io.tidemark.deploy.http;

import org.jspecify.annotations.NullMarked;
