import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

describe('the bootstrap of a checkout', () => {
  let project: string;

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'chopmark-bootstrap-'));
    const compilerOptions = { module: 'nodenext', target: 'es2023', rootDir: '.', outDir: 'dist', types: [] };
    write('package.json', JSON.stringify({ name: 'sample', version: '1.0.0', type: 'module' }));
    write('package-lock.json', lock({}));
    write('tsconfig.json', '{}');
    write('tsconfig.build.json', JSON.stringify({ compilerOptions, include: ['src', 'scripts'] }));
    write('scripts/hello.ts', `import { word } from '../src/word.js';\n${PRINT}(word, ...${ARGUMENTS});\n`);
    write('src/word.ts', `export const word = 'hello';\n`);
    cpSync('scripts/bootstrap.mjs', join(project, 'scripts/bootstrap.mjs'));
    write('node_modules/.package-lock.json', lock({}));
    symlinkSync(resolve('node_modules/typescript'), join(project, 'node_modules/typescript'));
  });

  afterEach(() => {
    rmSync(project, { recursive: true, force: true });
  });

  it('builds once and runs the script with its arguments', () => {
    const first = run('hello', 'there', '--flag');
    expect(first).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^Building.*hello there --flag\n$/s) as string,
    });
    expect(run('hello')).toMatchObject({ status: 0, stdout: 'hello\n' });
  });

  it('builds again when a source has changed, and leaves nothing of one that has gone', () => {
    write('scripts/bye.ts', 'export {};\n');
    expect(run('bye').status).toBe(0);
    write('src/word.ts', `export const word = 'good morning';\n`);
    rmSync(join(project, 'scripts/bye.ts'));
    expect(run('hello').stdout).toContain('good morning');
    expect(run('bye')).toMatchObject({ status: 1, stderr: 'There is no scripts/bye.ts.\n' });
  });

  it('runs nothing when the sources do not compile', () => {
    write('src/word.ts', 'export const word: number = "hello";\n');
    const { status, stdout, stderr } = run('hello');
    expect(status).toBe(1);
    expect(stderr).toContain('src/word.ts(1,14): error TS2322');
    expect(stdout).not.toContain('hello');
  });

  it('installs when the lock file asks for something else than what is there', () => {
    write('node_modules/.package-lock.json', lock({ 'node_modules/left': { version: '1.0.0' } }));
    expect(run('hello').stdout).not.toContain('Installing');
    write('package-lock.json', lock({ 'node_modules/left': { version: '2.0.0' } }));
    expect(run('hello').stdout).toContain('Installing dependencies (npm ci)');
  });

  it('needs the name of a script', () => {
    expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage:') as string });
    expect(run('../hello')).toMatchObject({ status: 1, stderr: expect.stringContaining('Usage:') as string });
  });

  function write(path: string, text: string): void {
    mkdirSync(join(project, path, '..'), { recursive: true });
    writeFileSync(join(project, path), text);
  }

  function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    // Offline, so that an installation in here ends at once and asks no registry.
    const env = { ...process.env, npm_config_offline: 'true' };
    return spawnSync(process.execPath, [join(project, 'scripts/bootstrap.mjs'), ...args], { encoding: 'utf8', env });
  }
});

/** The sample compiles without the types of Node. */
const PRINT = '(globalThis as any).console.log';
const ARGUMENTS = '(globalThis as any).process.argv.slice(2)';

function lock(packages: Record<string, { version: string }>): string {
  return JSON.stringify({
    name: 'sample',
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'sample', version: '1.0.0' }, ...packages },
  });
}
