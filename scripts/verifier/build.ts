import { chmodSync, copyFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'vite';

/** What somebody who is to trust it can still read, and a court's disc can hold a thousand times. */
export const LARGEST_COMMAND_BYTES = 150 * 1024;

export type BuiltVerifier = {
  /** Everything that the command consists of. */
  readonly commandBytes: number;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
};

const COMMAND = 'chopmark-verify.mjs';

/** Bundles the command and the library, with all they need but Node itself, into `outDir`. */
export async function buildVerifier(outDir: string): Promise<BuiltVerifier> {
  for (const entry of ['chopmark-verify', 'index']) {
    await bundle(entry, resolve(outDir), entry === 'index' ? '' : '#!/usr/bin/env node');
  }
  chmodSync(join(outDir, COMMAND), 0o755);
  copyFileSync('LICENSE', join(outDir, 'LICENSE'));
  const files = readdirSync(outDir, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ name, bytes: statSync(join(outDir, name)).size }));
  return { commandBytes: statSync(join(outDir, COMMAND)).size, files };
}

async function bundle(entry: string, outDir: string, banner: string): Promise<void> {
  await build({
    configFile: false,
    root: resolve('verifier'),
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: false,
      minify: true,
      rolldownOptions: {
        input: { [entry]: resolve('verifier', 'src', `${entry}.ts`) },
        output: { format: 'es', entryFileNames: '[name].mjs', codeSplitting: false, banner },
      },
    },
  });
}
