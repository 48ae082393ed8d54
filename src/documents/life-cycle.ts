/** A few words in both languages of the pages. */
export type Bilingual = { readonly zh: string; readonly en: string };

/**
 * What may happen to a document of a kind: one table, event type → status before → status after. Event 0 is `issued`, is in
 * no table, and leads to `initial`. Whatever the table does not name is refused.
 */
export type LifeCycle = {
  readonly initial: string;
  readonly transitions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Statuses in which the document is no longer in force, with what is printed across it and said on pages. */
  readonly outOfForce: Readonly<Record<string, Bilingual>>;
};

/** The status that `event` leads to from `status`; null when the table has no such step. */
export function transition({ transitions }: LifeCycle, status: string, event: string): string | null {
  return own(own(transitions, event) ?? {}, status) ?? null;
}

/** What to print across a document of this status; undefined while it is in force. */
export function outOfForceMark({ outOfForce }: LifeCycle, status: string): Bilingual | undefined {
  return own(outOfForce, status);
}

/** Event types come from requests: `constructor` and the like must not find what every object has. */
function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
