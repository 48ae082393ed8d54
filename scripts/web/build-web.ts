import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { rolldown, type OutputChunk, type Plugin } from 'rolldown';

type Size = { readonly bytes: number; readonly compressed: number };
export type BuiltWeb = {
  readonly page: string;
  readonly alone: string;
  readonly sizes: Readonly<Record<string, Size>>;
};

const ENTRY = 'web/verify/main.ts';

/** Browsers take keccak without WebAssembly: web/verify/keccak.ts says why. */
const plainKeccak: Plugin = {
  name: 'plain-keccak',
  resolveId: (source, importer) =>
    /(?:^|\/)keccak\.js$/.test(source) && importer?.includes(join('src', 'proof')) === true
      ? resolve('web/verify/keccak.ts')
      : null,
};

/**
 * Bundles what the public pages run: the script of the page with what it loads when it is wanted, and the whole as one script
 * that stands alone. Their names carry their digests; `manifest.json` tells them.
 */
export async function buildWeb(directory: string): Promise<BuiltWeb> {
  const page = await bundle(false);
  const [alone] = await bundle(true);
  const [entry] = page.filter(({ isEntry }) => isEntry);
  if (entry === undefined || alone === undefined) {
    throw new Error(`${ENTRY} gave no script`);
  }
  // Of one chunk in the one, of another in the other: one file each.
  const aloneName = `alone-${digestOf(alone.code)}.js`;
  const files = new Map([...page.map(({ fileName, code }) => [fileName, code] as const), [aloneName, alone.code]]);
  mkdirSync(directory, { recursive: true });
  readdirSync(directory).forEach((name) => {
    rmSync(join(directory, name), { recursive: true });
  });
  for (const [name, code] of files) {
    writeFileSync(join(directory, name), code);
  }
  const manifest = { page: entry.fileName, alone: aloneName, files: [...files.keys()] };
  writeFileSync(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  const sizes = Object.fromEntries([...files].map(([name, code]) => [name, sizeOf(code)]));
  return { page: entry.fileName, alone: aloneName, sizes };
}

async function bundle(isAlone: boolean): Promise<OutputChunk[]> {
  const build = await rolldown({
    input: { verify: ENTRY },
    plugins: [plainKeccak],
    platform: 'browser',
    tsconfig: false,
  });
  const { output } = await build.generate({
    format: 'esm',
    minify: true,
    entryFileNames: '[name]-[hash].js',
    chunkFileNames: '[name]-[hash].js',
    ...(isAlone && { codeSplitting: false }),
  });
  await build.close();
  return output.filter((part) => part.type === 'chunk');
}

function digestOf(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 12);
}

function sizeOf(code: string): Size {
  return { bytes: Buffer.byteLength(code), compressed: gzipSync(code, { level: 9 }).length };
}
