import { writeFileSync } from 'node:fs';

const QUOTES = ["'", '"', '`'];

/**
 * Writes settings so that `node --env-file=<file>` reads them back, for commands beside a running instance. Holds keys: only
 * its owner may read the file.
 */
export function writeSettings(file: string, settings: Readonly<Record<string, string>>): void {
  const lines = Object.entries(settings).map(([name, value]) => {
    const quote = QUOTES.find((sign) => !value.includes(sign)) ?? '';
    return `${name}=${quote}${value}${quote}\n`;
  });
  writeFileSync(file, lines.join(''), { mode: 0o600 });
}
