/**
 * Shapes of the query API as this UI reads them. No code: only for JSDoc.
 *
 * @typedef {{cluster: string, group: string, resource: string, namespace: string, name: string}} ObjectKey
 *
 * @typedef {ObjectKey & {version: string, kind: string, uid: string}} ObjectIdentity
 *
 * @typedef {ObjectIdentity & {spanId: string, createdAt: ?string, deletedAt: ?string, deleted: boolean,
 *   lastActivity: string, owners: {kind: string, name: string, uid: string, spanId: string, controller: boolean}[],
 *   previousSpanId: ?string, labels: Record<string, string>}} ObjectSummary
 *
 * @typedef {{path: string, before?: any, after?: any}} Change a missing member is an absent field
 *
 * @typedef {{spanId: string, parentSpanId: ?string, kind: 'OBJECT'|'REQUEST'|'PHASE'|'ADMISSION'|'ITEM'|'EVENT',
 *   objectSpanId: string, object: ObjectIdentity, start: string, end: ?string, durationMicros: number, late: boolean,
 *   request?: any, event?: any, item?: any, life?: any, phase?: any}} Span
 *
 * @typedef {{span: Span, children: TraceNode[], relation: string}} TraceNode
 */
export {};
