import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** `npm run check`: everything that can be told without running the product. */
type Step = { readonly name: string; readonly command: readonly string[] };

/** Scripts that write a generated file; with `--check` they compare instead. One line for each. */
const GENERATED: readonly string[] = ['compile-contracts', 'openapi', 'config-table'];

const STEPS: readonly Step[] = [
  { name: 'format', command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  { name: 'types', command: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit'] },
  { name: 'types: web', command: ['node_modules/typescript/bin/tsc', '-p', 'web', '--noEmit'] },
  {
    name: 'layers',
    command: ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'verifier/src', 'web'],
  },
  { name: 'dead code', command: ['node_modules/knip/bin/knip.js', '--no-progress'] },
  ...GENERATED.map((script) => ({ name: `generated: ${script}`, command: [`dist/scripts/${script}.js`, '--check'] })),
  { name: 'migration drift', command: ['dist/scripts/schema-snapshot.js', '--check'] },
  { name: 'licences', command: ['dist/scripts/licences.js'] },
];

/** Two at a time suit two cores; more would only take turns. */
const AT_ONCE = 2;

type Outcome = { readonly step: Step; readonly passed: boolean; readonly said: string; readonly seconds: number };

const outcomes = await runAll(STEPS);
const failures = outcomes.filter(({ passed }) => !passed);
for (const { step, said } of failures) {
  console.log(`\n──── ${step.name} ────\n${said.trim()}`);
}
console.log(`\n${outcomes.map(row).join('\n')}`);
console.log(failures.length === 0 ? '\nAll checks hold.' : `\n${failures.length} of ${outcomes.length} checks fail.`);
process.exitCode = failures.length === 0 ? 0 : 1;

function row({ step, passed, seconds }: Outcome): string {
  return `  ${passed ? 'ok  ' : 'FAIL'}  ${step.name.padEnd(32)} ${seconds.toFixed(1).padStart(6)} s`;
}

/** Outcomes come in the order of the steps, whichever ends first. */
async function runAll(steps: readonly Step[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = steps.entries();
  const work = async (): Promise<void> => {
    for (const [index, step] of waiting) {
      outcomes[index] = await run(step);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return outcomes;
}

function run(step: Step): Promise<Outcome> {
  const [script = ''] = step.command;
  if (!existsSync(join(process.cwd(), script))) {
    return Promise.resolve({ step, passed: false, said: `${script} is listed but not there.`, seconds: 0 });
  }
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, step.command, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    }
    child.once('close', (code) => {
      resolve({ step, passed: code === 0, said, seconds: (performance.now() - started) / 1_000 });
    });
  });
}
