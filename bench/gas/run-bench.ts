import { table } from '../../scripts/launch/say.js';
import { BenchChain } from './bench-chain.js';
import {
  measureBaselines,
  measureDocumentStore,
  measureEas,
  measureFloor,
  measureOurs,
  type Measurement,
} from './measurements.js';

const BATCH = 10_000;
const MOST_PER_DOCUMENT = 6.2;

/** `npm run bench:gas`. Ours and what others anchor with, on one local chain. Answers 1 when a budget is exceeded. */
export async function runGasBench(): Promise<number> {
  const chain = await BenchChain.start();
  try {
    const floor = await measureFloor(chain);
    const ours = await measureOurs(chain);
    const peers = [
      ...(await measureBaselines(chain)),
      ...(await measureEas(chain)),
      ...(await measureDocumentStore(chain)),
    ];
    console.log(describe([floor, ...peers, ...ours], floor.gas));
    const [anchored] = ours;
    const perDocument = (anchored?.gas ?? Infinity) / BATCH;
    console.log(
      `\nA document, in a batch of ${BATCH}: ${perDocument.toFixed(2)} gas (promised: at most ${MOST_PER_DOCUMENT}).`,
    );
    const isOver = ours.some(({ gas, budget }) => budget !== undefined && gas > budget);
    return isOver || perDocument > MOST_PER_DOCUMENT ? 1 : 0;
  } finally {
    await chain.stop();
  }
}

function describe(measurements: readonly Measurement[], floor: number): string {
  return table(
    ['Operation, steady state', 'Gas', '× floor', 'Budget'],
    measurements.map(({ operation, gas, budget }) => [
      operation,
      Math.round(gas).toLocaleString('en'),
      (gas / floor).toFixed(2),
      budget === undefined ? '' : `${gas <= budget ? 'within' : 'OVER'} ${budget.toLocaleString('en')}`,
    ]),
  );
}
