// Makes a fresh checkout runnable and then becomes the script that was asked for:
//   node scripts/bootstrap.mjs <name> …arguments   runs dist/scripts/<name>.js
// Plain JavaScript on Node's own modules alone, because it runs before anything is installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = [
  'src',
  'web',
  'verifier',
  'scripts',
  'bench',
  'migrations',
  join('test', 'chaos'),
  join('test', 'support'),
];
/** What is bundled from the sources once they are compiled. */
const BUNDLES = [
  { name: 'The script of the public pages', sources: 'web', script: 'build-web.js' },
  { name: 'The stand-alone verifier', sources: 'verifier', script: 'build-verifier.js' },
];
const BUILD_SETTINGS = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json'];
const STAMP = join('dist', '.built.json');

/** Told as one sentence, without a stack. */
class UserError extends Error {}

process.chdir(ROOT);
try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof UserError ? error.message : error);
  process.exit(1);
}

async function main([name, ...args]) {
  requireNode(20, 19);
  if (name === undefined || !/^[a-z0-9-]+$/.test(name)) {
    throw new UserError('Usage: node scripts/bootstrap.mjs <script> [arguments]');
  }
  if (!isInstalled()) {
    await install();
  }
  if (!isBuilt()) {
    await build();
  }
  const script = join(ROOT, 'dist', 'scripts', `${name}.js`);
  if (!existsSync(script)) {
    throw new UserError(`There is no scripts/${name}.ts.`);
  }
  // The same process goes on, so signals and the exit code need nobody to pass them on.
  process.argv = [process.execPath, script, ...args];
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(script).href);
}

function requireNode(major, minor) {
  const [ownMajor, ownMinor] = process.versions.node.split('.').map(Number);
  if (ownMajor < major || (ownMajor === major && ownMinor < minor)) {
    throw new UserError(
      `Chopmark needs Node ${major}.${minor} or newer (24 is recommended), and this is Node ${process.versions.node}.`,
    );
  }
}

/** Compares what npm wrote down at its last installation with what the lock file asks for; dates prove nothing. */
function isInstalled() {
  const wanted = readJson('package-lock.json')?.packages;
  const present = readJson(join('node_modules', '.package-lock.json'))?.packages;
  if (wanted === undefined || present === undefined) {
    return false;
  }
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      path === '' || link || (present[path] === undefined ? optional === true : present[path].version === version),
  );
}

async function install() {
  const flags = ['--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  const failure = await attempt('Installing dependencies (npm ci)', ...npm('ci', ...flags));
  if (failure === null) {
    return;
  }
  console.error(lastLines(failure));
  console.error('npm ci did not succeed; trying npm install, which is less strict about the lock file.');
  const secondFailure = await attempt(
    'Installing dependencies (npm install)',
    ...npm('install', '--no-save', ...flags),
  );
  if (secondFailure !== null) {
    throw new UserError(`${lastLines(secondFailure)}\nThe dependencies could not be installed.`);
  }
}

/** The npm that started us, or the one on PATH. */
function npm(...args) {
  const starter = process.env.npm_execpath;
  return starter !== undefined && /npm-cli\.c?js$/.test(starter)
    ? [process.execPath, [starter, ...args]]
    : ['npm', args];
}

function isBuilt() {
  const stamp = readJson(STAMP);
  return stamp !== null && stamp.fingerprint === fingerprint(sourceFiles());
}

async function build() {
  const files = sourceFiles();
  const before = fingerprint(files);
  const earlier = readJson(STAMP)?.files ?? [];
  if (earlier.some((file) => !files.includes(file))) {
    rmSync('dist', { recursive: true, force: true });
  }
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc');
  const failure = await attempt('Building', process.execPath, [tsc, '-p', 'tsconfig.build.json']);
  if (failure !== null) {
    throw new UserError(`${failure.trim()}\nThe sources do not compile.`);
  }
  for (const bundle of BUNDLES.filter(({ sources }) => existsSync(sources))) {
    const failure = await attempt('Bundling', process.execPath, [join('dist', 'scripts', bundle.script)]);
    if (failure !== null) {
      throw new UserError(`${failure.trim()}\n${bundle.name} cannot be bundled.`);
    }
  }
  writeFileSync(STAMP, JSON.stringify({ fingerprint: before, files }));
}

function sourceFiles() {
  return SOURCES.filter((directory) => existsSync(directory))
    .flatMap((directory) =>
      readdirSync(directory, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name)),
    )
    .filter((file) => /\.(ts|json)$/.test(file) && !file.endsWith('.spec.ts'))
    .sort();
}

/** Names, sizes and dates: a change of any of them, also back to an older file, means building again. */
function fingerprint(files) {
  const hash = createHash('sha256');
  for (const file of [...files, ...BUILD_SETTINGS]) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${file}:${size}:${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Runs a command behind one line of progress; null when it succeeds, otherwise all it said. */
async function attempt(title, command, args) {
  const started = performance.now();
  const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
  const isTerminal = process.stdout.isTTY === true;
  process.stdout.write(`${title} …${isTerminal ? '' : '\n'}`);
  const ticking = isTerminal ? setInterval(() => process.stdout.write(`\r${title} … ${seconds()}`), 1000) : undefined;
  const { code, said } = await run(command, args);
  clearInterval(ticking);
  const ending = `${title} … ${code === 0 ? 'done' : 'failed'} in ${seconds()}`;
  process.stdout.write(`${isTerminal ? '\r' : ''}${ending}\n`);
  return code === 0 ? null : said;
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => (said += chunk));
    }
    child.once('error', (error) => resolve({ code: 1, said: String(error) }));
    child.once('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

function lastLines(text) {
  return text.trim().split('\n').slice(-20).join('\n');
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
