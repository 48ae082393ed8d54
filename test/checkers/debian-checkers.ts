import { spawnSync } from 'node:child_process';

export type PdfsigSignature = {
  readonly field: string;
  /** `Signature is Valid.` when it is. */
  readonly validation: string;
  readonly type: string;
  /** False when anything was added after signing, permitted or not: pdfsig does not judge that. */
  readonly wholeDocumentSigned: boolean;
};

/** Empty when qpdf finds no fault in the file's structure, otherwise what it says. */
export function qpdfCheck(file: string): string {
  const { status, stdout, stderr } = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' });
  return status === 0 && stdout.includes('No syntax or stream encoding errors found') ? '' : `${stdout}${stderr}`;
}

/** What poppler's pdfsig says of each signature; who may sign is not asked of it. */
export function pdfsig(file: string): PdfsigSignature[] {
  const { stdout, stderr } = spawnSync('pdfsig', ['-nocert', file], { encoding: 'utf8', timeout: 60_000 });
  const [, ...signatures] = `${stdout}${stderr}`.split(/^Signature #\d+:$/m);
  return signatures.map((said) => ({
    field: value(said, 'Signature Field Name'),
    validation: value(said, 'Signature Validation'),
    type: value(said, 'Signature Type'),
    wholeDocumentSigned: /^ +- Total document signed$/m.test(said),
  }));
}

function value(said: string, name: string): string {
  return new RegExp(`- ${name}: (.*)$`, 'm').exec(said)?.[1] ?? '';
}
