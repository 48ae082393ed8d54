const MIB = 1024 * 1024;

/** Bytes that a body may have, by how it is written. Files have limits of their own. */
export const BODY_LIMITS = { json: 4 * MIB, ndjson: 32 * MIB } as const;

/** For a person who has sent more. */
export const BODY_LIMITS_TEXT = `JSON may have ${BODY_LIMITS.json / MIB} MiB, rows as NDJSON ${BODY_LIMITS.ndjson / MIB}`;
