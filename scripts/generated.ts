import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Writes the files that a script generates, path by path; with `--check` it writes nothing and fails when a committed
 * file says something else. Does nothing when the script is only imported.
 */
export function keepGenerated(scriptUrl: string, generate: () => Promise<ReadonlyMap<string, string>>): void {
  if (scriptUrl !== pathToFileURL(process.argv[1] ?? '').href) {
    return;
  }
  const isCheck = process.argv.includes('--check');
  const remedy = `Run "node scripts/bootstrap.mjs ${basename(scriptUrl, '.js')}" and commit what it writes.`;
  generate().then(
    (files) => {
      for (const [path, text] of files) {
        keepFile(path, text, isCheck ? remedy : null);
      }
    },
    (error: unknown) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}

/** `remedy` says what to do about a stale file that is not to be written. */
function keepFile(path: string, text: string, remedy: string | null): void {
  const committed = readOrEmpty(path);
  if (committed === text) {
    return;
  }
  if (remedy !== null) {
    console.error(`${path} is stale. ${firstDifference(committed, text)}\n${remedy}`);
    process.exitCode = 1;
    return;
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${path} written`);
}

export function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Where two texts part, as a sentence with the lines concerned. */
export function firstDifference(left: string, right: string): string {
  const [before, after] = [left.split('\n'), right.split('\n')];
  const index = before.findIndex((line, number) => line !== after[number]);
  const line = index === -1 ? before.length : index;
  return `Line ${line + 1} is\n  ${before[line] ?? '(end)'}\nand should be\n  ${after[line] ?? '(end)'}`;
}
