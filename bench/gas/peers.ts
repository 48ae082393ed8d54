import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Compiled } from './baselines.js';

/** What others anchor with, as they publish it. The digests pin the packages; they are fetched on demand, once. */
const PEERS = {
  eas: {
    package: '@ethereum-attestation-service/eas-contracts@1.9.0',
    integrity: 'sha512-L60y1fgKlY3a45xxnPlgRbiGQY8RF/lF+AzF1iVoR7/aEzitS0Nuyyjq8+IXs1sSSU0dl2+yGSmELxVeB6FelA==',
  },
  documentStore: {
    package: '@trustvc/document-store@1.0.3',
    integrity: 'sha512-YIECQwcoreIfyTbol1/5u9CGK6mbg0Q0bSN2/Ks388zLus1IXELWK5EHYuyrFPbb9d8ajsvz7m+ySsMIY9574w==',
  },
} as const;

/** Inside the project, so that what they import is found among our dependencies. */
const FOLDER = '.chopmark/bench-peers';

type Packed = { readonly filename: string; readonly integrity: string };

/** The contract of the Ethereum Attestation Service that keeps time stamps. */
export function easContract(): Compiled {
  const artifact = fetched('eas', 'artifacts/contracts/EAS.sol/EAS.json') as Compiled;
  return { abi: artifact.abi, bytecode: artifact.bytecode };
}

/** OpenAttestation's document store. */
export function documentStoreContract(): Compiled {
  const { DocumentStore__factory: factory } = fetched('documentStore', 'index.js') as {
    DocumentStore__factory: Compiled;
  };
  return { abi: factory.abi, bytecode: factory.bytecode };
}

function fetched(name: keyof typeof PEERS, file: string): unknown {
  const folder = resolve(FOLDER, PEERS[name].integrity.slice(7, 19).replaceAll(/[/+]/g, '-'));
  if (!existsSync(folder)) {
    fetchInto(folder, PEERS[name]);
  }
  return createRequire(import.meta.url)(join(folder, 'package', file));
}

function fetchInto(folder: string, { package: name, integrity }: (typeof PEERS)[keyof typeof PEERS]): void {
  const unfinished = `${folder}.unfinished`;
  mkdirSync(unfinished, { recursive: true });
  const answer = execFileSync('npm', ['pack', name, '--json', '--pack-destination', unfinished], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = Object.values(JSON.parse(answer) as Record<string, Packed>);
  if (packed?.integrity !== integrity) {
    throw new Error(`${name} is not the package that was pinned: its digest is ${packed?.integrity ?? 'missing'}`);
  }
  const archive = packed.filename.replace(/^@/, '').replaceAll('/', '-');
  execFileSync('tar', ['-xzf', join(unfinished, archive), '-C', unfinished]);
  renameSync(unfinished, folder);
}
