/** One line for the person at the terminal. */
export type Say = (line: string) => void;

/** A line that is overwritten by the next one, where the terminal can; else it is said only when it changes. */
export function progressLine(): { update: (text: string) => void; end: () => void } {
  const canRewrite = process.stdout.isTTY;
  let last = '';
  return {
    update: (text) => {
      if (text === last) {
        return;
      }
      last = text;
      process.stdout.write(canRewrite ? `\r\u001b[2K${text}` : `${text}\n`);
    },
    end: () => {
      if (canRewrite && last !== '') {
        process.stdout.write('\r\u001b[2K');
      }
    },
  };
}

/** Columns as wide as a terminal shows them: Chinese characters take two. */
export function table(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = headings.map((heading, column) =>
    Math.max(...[heading, ...rows.map((row) => row[column] ?? '')].map(displayWidth)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - displayWidth(cell)))
      .join('  ')
      .trimEnd();
  return [line(headings), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}

function displayWidth(text: string): number {
  return Array.from(text).reduce(
    (width, character) => width + (/[\u1100-\u115f\u2e80-\uffdc]/.test(character) ? 2 : 1),
    0,
  );
}
