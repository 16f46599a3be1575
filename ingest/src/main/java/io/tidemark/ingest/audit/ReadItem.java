package io.tidemark.ingest.audit;

/** What became of one item of a list or one line of a file. */
public sealed interface ReadItem permits AuditItem, RejectedItem {}
