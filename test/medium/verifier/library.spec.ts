import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { buildVerifier } from '../../../scripts/verifier/build.js';
import { declareTypes } from '../../../scripts/verifier/declare-types.js';
import { AnchoringIssuer } from '../../support/anchored-pile.js';

/** A project of somebody who has installed the package, and nothing else of ours. */
const project = mkdtempSync(join(tmpdir(), 'chopmark-library-'));
const installed = join(project, 'node_modules', 'chopmark-verify');
/** As strict as TypeScript can be, the types of the package included. */
const STRICT: ts.CompilerOptions = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  ...{ target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.NodeNext, types: ['node'], outDir: project },
};

beforeAll(async () => {
  mkdirSync(installed, { recursive: true });
  await buildVerifier(join(installed, 'dist'));
  declareTypes(join(installed, 'dist', 'types'));
  cpSync('verifier/package.json', join(installed, 'package.json'));
  mkdirSync(join(project, 'node_modules', '@types'));
  symlinkSync(resolve('node_modules', '@types', 'node'), join(project, 'node_modules', '@types', 'node'));
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }));
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

/** Compiles a program there; what the compiler complains of. */
function compile(name: string, text: string): string[] {
  const file = join(project, name);
  writeFileSync(file, text);
  const program = ts.createProgram([file], STRICT, ts.createCompilerHost({ ...STRICT }));
  const complaints = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  return complaints.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** The program that the README shows. */
const example = (): string => /```ts\n(.*?)```/s.exec(readFileSync('verifier/README.md', 'utf8'))?.[1] ?? '';

describe('the library', () => {
  it('compiles in the program that its README shows, which finds out what the chain knows', async () => {
    const issuer = await AnchoringIssuer.on({ rpcUrl: inject('chainRpcUrl'), chainId: inject('chainId') });
    const [document] = await issuer.pile(1);
    issuer.close();
    writeFileSync(join(project, 'invoice.pdf'), document?.anchored ?? '');
    const program = example();
    expect(program).toContain('https://node.example');
    expect(compile('program.ts', program.replace('https://node.example', inject('chainRpcUrl')))).toEqual([]);
    const said = execFileSync(process.execPath, ['program.js'], { cwd: project, encoding: 'utf8' });
    expect(said).toMatch(/^cannot-tell /);
    expect(said).toContain('The issuer has not revoked the document.');
  });

  it('has types that refuse what it cannot do', () => {
    const wrong = `import { examine, verdictOf } from 'chopmark-verify';
      const bytes = new Uint8Array();
      await examine({ name: 'a.pdf', bytes }, { chains: () => undefined });
      await examine({ name: 'a.pdf' }, { chains: () => undefined, sha256: () => bytes, inflate: async () => bytes });
      const verdict: 'maybe' = verdictOf([]);`;
    expect(compile('wrong.ts', wrong)).toEqual([
      expect.stringContaining("is missing the following properties from type 'ExaminationTools': sha256, inflate"),
      expect.stringContaining("Property 'bytes' is missing"),
      expect.stringContaining("Type 'Verdict' is not assignable to type '\"maybe\"'"),
    ]);
  });
});
