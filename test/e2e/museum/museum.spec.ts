import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { findingFor, PIECES } from '../../vectors/museum/catalogue.js';
import { ALL_WELL, type Circumstances, type Exhibit, type Finding, type Judge } from '../../vectors/museum/piece.js';
import type { Piece } from '../../vectors/museum/piece.js';
import { BrowserJudge } from './browser-judge.js';
import { Collection } from './collection.js';
import { CommandJudge } from './command-judge.js';
import { comparable, findingOf, type JudgeOf } from './judges.js';
import { ServerJudge } from './server-judge.js';

const HAS_CHROMIUM = !inject('missingPackages').includes('chromium');
/** Machines that run other tests at the same time are slow. */
const PATIENCE_MS = 600_000;

let collection: Collection;
let command: CommandJudge | undefined;
let browser: BrowserJudge | undefined;
/** What each judge has said, by piece. */
const said = new Map<Judge, Map<string, Finding>>();

beforeAll(async () => {
  collection = await Collection.make();
  command = new CommandJudge(collection);
  await command.open();
  const judges: [Judge, JudgeOf][] = [
    ['server', new ServerJudge(collection.house.api)],
    ['command', command],
  ];
  if (HAS_CHROMIUM) {
    browser = new BrowserJudge(collection);
    await browser.open();
    judges.push(['browser', browser]);
  }
  for (const pile of pilesOf(PIECES)) {
    await showTo(judges, pile);
  }
}, PATIENCE_MS);

afterAll(async () => {
  await browser?.close();
  command?.close();
  await collection.close();
});

type Pile = {
  readonly circumstances: Circumstances;
  readonly pieces: readonly Piece[];
};

/** Pieces by the circumstances under which they are shown, which hold for all judges at once. */
function pilesOf(pieces: readonly Piece[]): readonly Pile[] {
  const piles = new Map<string, { circumstances: Circumstances; pieces: Piece[] }>();
  for (const piece of pieces) {
    const circumstances = piece.circumstances ?? ALL_WELL;
    const key = JSON.stringify(circumstances);
    const pile = piles.get(key) ?? { circumstances, pieces: [] };
    pile.pieces.push(piece);
    piles.set(key, pile);
  }
  return [...piles.values()];
}

async function showTo(judges: readonly [Judge, JudgeOf][], { circumstances, pieces }: Pile): Promise<void> {
  collection.setMoods(circumstances.nodes);
  const exhibits: Exhibit[] = [];
  for (const { make } of pieces) {
    exhibits.push(await make(collection.house.originals));
  }
  const judged = await Promise.all(judges.map(([, judge]) => judge.judge(exhibits, circumstances)));
  for (const [index, [name]] of judges.entries()) {
    const findings = (judged[index] ?? []).map(findingOf);
    said.set(
      name,
      new Map([...(said.get(name) ?? []), ...findings.map((one, at) => [pieces[at]?.id ?? '', one] as const)]),
    );
  }
}

const inOrder = ({ verdict, by }: Finding): Finding => ({
  verdict,
  by: [...by].sort(),
});

describe.each<[Judge, boolean]>([
  ['server', true],
  ['command', true],
  ['browser', HAS_CHROMIUM],
])('before the %s', (judge, isThere) => {
  it.skipIf(!isThere).each(PIECES)('$id', (piece) => {
    const expected = findingFor(piece, judge);
    const found = said.get(judge)?.get(piece.id);
    expect(found === undefined ? 'nothing' : inOrder(comparable(found, expected))).toEqual(inOrder(expected));
  });
});
