import { resolve } from 'node:path';
import ts from 'typescript';

/** Entry of the library's types below its `dist`; `package.json` names it. */
const ENTRY = resolve('verifier', 'src', 'index.ts');

/**
 * Writes the types of the library below `outDir`, one `.d.ts` beside another as their sources lie: what is exported is
 * described where it is made, with its documentation. Throws with what TypeScript says when it says anything.
 */
export function declareTypes(outDir: string): void {
  const { config } = ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram([ENTRY], {
    ...options,
    ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, sourceMap: false, removeComments: false },
    ...{ rootDir: '.', outDir: resolve(outDir) },
  });
  const { diagnostics } = program.emit();
  const all = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (all.length > 0) {
    throw new Error(ts.formatDiagnostics(all, ts.createCompilerHost(options)));
  }
}
