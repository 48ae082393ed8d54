/** How values are spelt in a PDF file (ISO 32000-1, 7.3). */

const DIGITS = 2;
const FACTOR = 10 ** DIGITS;
/** `.01` to `.99` without trailing zeros; the whole hundredths of a number are looked up, never divided out. */
const FRACTIONS = Array.from({ length: FACTOR }, (_, part) =>
  part === 0 ? '' : `.${String(part).padStart(DIGITS, '0').replace(/0+$/, '')}`,
);

/** At most two decimals: a hundredth of a point is 3.5 µm. Never an exponent, never a trailing zero. */
export function number(value: number): string {
  const scaled = Math.round(value * FACTOR);
  const size = scaled < 0 ? -scaled : scaled;
  const whole = Math.trunc(size / FACTOR);
  const text = `${whole}${FRACTIONS[size - whole * FACTOR] ?? ''}`;
  return scaled < 0 ? `-${text}` : text;
}

/** With as many decimals as asked for: scales and directions need more than places do. */
export function fine(value: number, digits: number): string {
  const factor = 10 ** digits;
  return String(Math.round(value * factor) / factor);
}

/** A text string: ASCII as it is, because some readers compare bytes; all else in UTF-16. */
export function textString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) {
    return `(${text.replaceAll(/[()\\]/g, (character) => `\\${character}`)})`;
  }
  return `<feff${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`;
}

/** `(D:20260305023000Z)`. */
export function dateString(instant: Date): string {
  return `(D:${instant.toISOString().slice(0, 19).replaceAll(/[-T:]/g, '')}Z)`;
}

/** `application/json` → `application#2fjson`. */
export function nameOf(text: string): string {
  return text.replaceAll(
    /[^A-Za-z0-9+._-]/g,
    (character) => `#${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
