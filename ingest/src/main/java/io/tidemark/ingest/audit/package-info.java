/** What an audit door does to bytes before they may enter the log: validate, split, redact. No clock, thread or I/O. */
@NullMarked
package io.tidemark.ingest.audit;

import org.jspecify.annotations.NullMarked;
