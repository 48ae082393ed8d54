/** Strings, and what structures JSON. */
const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/**
 * Whether an object in this JSON has a name twice. Readers differ in which of the two they take (RFC 8259, 4), so the same
 * file would say two things. MUST be given what `JSON.parse` accepts.
 */
export function hasRepeatedNames(json: string): boolean {
  const objects: (Set<string> | null)[] = [];
  let text = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') {
      objects.push(token === '{' ? new Set() : null);
    } else if (token === '}' || token === ']') {
      objects.pop();
    } else if (token !== ':') {
      text = token;
    } else if (isRepeated(objects.at(-1), JSON.parse(text) as string)) {
      return true;
    }
  }
  return false;
}

function isRepeated(names: Set<string> | null | undefined, name: string): boolean {
  const isThere = names?.has(name) === true;
  names?.add(name);
  return isThere;
}
