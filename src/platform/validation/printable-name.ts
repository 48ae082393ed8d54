const LONGEST = 64;

/** A field name from a stranger, fit for an answer and a log. */
export function printableName(name: string): string {
  const shown = name.replace(/[^\p{L}\p{N} _$.[\]-]/gu, '?');
  return shown.length > LONGEST ? `${shown.slice(0, LONGEST)}…` : shown;
}
