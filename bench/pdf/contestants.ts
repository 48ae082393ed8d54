import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findCommand } from '../../scripts/embedded/commands.js';
import { PEERS, versionOfPeer } from './peers.js';

export type Contestant = {
  readonly name: string;
  /** Peers draw the page. All of ours do more: PDF/A, tags, attachments, fields for a stamp. */
  readonly side: 'ours' | 'peer';
  readonly module: string;
  readonly args: readonly string[];
  readonly version: () => string;
};

const CHROMIUM = ['chromium', 'google-chrome'] as const;
export const findChromium = (): string | null => findCommand(...CHROMIUM);

const OURS = join('dist', 'bench', 'pdf', 'ours.js');

const ours = (name: string, ...args: string[]): Contestant => ({
  ...{ name, side: 'ours', module: OURS, args, version: () => '' },
});
const peer = (name: string, file: string, version: () => string): Contestant => ({
  ...{ name, side: 'peer', module: join(PEERS, file), args: [], version },
});

const CONTESTANTS: readonly Contestant[] = [
  ours('ours', 'drawn'),
  ours('ours, signed', 'signed'),
  ours('ours, signed and stamped', 'stamped'),
  peer('pdfkit', 'pdfkit.mjs', () => versionOfPeer('pdfkit')),
  peer('pdf-lib with fontkit', 'pdf-lib.mjs', () => versionOfPeer('pdf-lib')),
  peer('pdfmake', 'pdfmake.mjs', () => versionOfPeer('pdfmake')),
  peer('@react-pdf/renderer', 'react-pdf.mjs', () => versionOfPeer('@react-pdf/renderer')),
];

const PRINTED = peer('Chromium printing HTML', 'chromium.mjs', () => {
  const { stdout } = spawnSync(findChromium() ?? '', ['--version'], { encoding: 'utf8' });
  return /[\d.]+/.exec(stdout)?.[0] ?? '';
});

/** Who takes part; Chromium only where there is one. */
export function contestants(): readonly Contestant[] {
  return findChromium() === null ? CONTESTANTS : [...CONTESTANTS, PRINTED];
}
