import type { Finding, Judge, Piece, Room } from './piece.js';

const JUDGE_NAMES: Readonly<Record<Judge, string>> = { server: 'service', command: 'command', browser: 'page' };

/** The museum as a page: `README.md` beside this file is what this gives, and a test keeps it so. */
export function describeMuseum(rooms: readonly Room[]): string {
  const pieces = rooms.flatMap((room) => room.pieces);
  const sound = pieces.filter(({ expected }) => expected.verdict === 'valid').length;
  return `# Museum

${pieces.length} documents: broken ones, each in one way, and sound ones between them (${sound} are valid), so that a judge who
always says "not valid" fails. The service (\`POST /v1/verifications\`), the command (\`chopmark-verify\`) and the public page in Chromium
are shown each of them by \`npx vitest run --project e2e test/e2e/museum\`, and have to find what stands here: the verdict, and all
facts that decide it and no other. Where a judge rightly finds something else, the reason is given.

The pieces are made on the fly from documents that running processes have issued and anchored. This page is made from the
catalogue: \`npx vitest run --project unit test/unit/docs/museum.spec.ts --update\`.
${rooms.map(describeRoom).join('')}`;
}

function describeRoom({ name, pieces }: Room): string {
  const rows = pieces.map(describePiece).join('');
  return `\n## ${name}\n\n| Piece | What was done | Why it matters | Finding |\n| --- | --- | --- | --- |\n${rows}`;
}

function describePiece({ id, done, why, expected, otherwise = {} }: Piece): string {
  const others = (Object.entries(otherwise) as [Judge, Finding & { because: string }][]).map(
    ([judge, finding]) => `${JUDGE_NAMES[judge]}: ${describeFinding(finding)}. ${finding.because}`,
  );
  const finding = [describeFinding(expected), ...others].join('<br>');
  return `| \`${id}\` | ${done} | ${why} | ${finding} |\n`;
}

function describeFinding({ verdict, by }: Finding): string {
  return `**${verdict}** ${by.map((code) => `\`${code}\``).join(' ')}`;
}
