import { printableName } from '../validation/index.js';

/** Ten times what the deepest request needs; four megabytes of brackets would keep the process busy for seconds. */
const DEEPEST = 100;

/** An object, with the names seen in it, or an array. */
type Level = { readonly names: Set<string> | null; name: string; index: number };

class Walk {
  /** Whether the next string is the name of a field. */
  isAtName = false;
  private readonly levels: Level[] = [];

  pass(character: string): void {
    if (character === '{' || character === '[') {
      this.requireShallow();
      this.isAtName = character === '{';
      this.levels.push({ names: this.isAtName ? new Set() : null, name: '', index: 0 });
    } else if (character === '}' || character === ']') {
      this.levels.pop();
      this.isAtName = false;
    } else if (character === ',') {
      this.goOn();
    }
  }

  /** Takes down a name of the innermost object; false when it has stood there before. */
  name(name: string): boolean {
    const level = this.levels.at(-1);
    this.isAtName = false;
    if (level?.names == null) {
      return true;
    }
    level.name = name;
    const isNew = !level.names.has(name);
    level.names.add(name);
    return isNew;
  }

  path(): string {
    return this.levels.map(stepOf).join('').replace(/^\./, '');
  }

  private requireShallow(): void {
    if (this.levels.length === DEEPEST) {
      throw new RangeError('A JSON text nests too deep');
    }
  }

  private goOn(): void {
    const level = this.levels.at(-1);
    if (level !== undefined) {
      level.index += 1;
      this.isAtName = level.names !== null;
    }
  }
}

function stepOf({ names, name, index }: Level): string {
  return names === null ? `[${index}]` : `.${printableName(name)}`;
}

/**
 * Where a name stands twice in one object of a JSON text, as a field is named in answers (`lines[0].amount`); null when
 * nowhere. `JSON.parse` keeps the last of two, other readers the first: whoever signs and hashes must not choose (RFC 8259
 * section 4, RFC 7493 section 2.3). `text` MUST be JSON. One pass; throws `RangeError` where the text nests deeper than any
 * request does.
 */
export function duplicateKey(text: string): string | null {
  const walk = new Walk();
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character !== '"') {
      walk.pass(character);
      continue;
    }
    const end = endOfString(text, at);
    if (walk.isAtName && !walk.name(nameAt(text, at, end))) {
      return walk.path();
    }
    at = end;
  }
  return null;
}

/** Where the string that opens at `start` closes. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (isEscaped(text, end)) {
    end = text.indexOf('"', end + 1);
  }
  return end;
}

function isEscaped(text: string, at: number): boolean {
  let first = at;
  while (text[first - 1] === '\\') {
    first -= 1;
  }
  return (at - first) % 2 === 1;
}

/** Two spellings of one name are one name. */
function nameAt(text: string, start: number, end: number): string {
  const name = text.slice(start + 1, end);
  return name.includes('\\') ? (JSON.parse(`"${name}"`) as string) : name;
}
