import { parseArgs } from 'node:util';

/** In the order they run: the first one draws, so it must not find the others' documents waiting. */
const SCENARIOS = ['rendered', 'single', 'many', 'bulk'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export type BenchOptions = {
  /** An instance that runs already; absent: the bench starts its own and throws it away. */
  readonly instanceFile?: string;
  readonly scenarios: readonly ScenarioName[];
  readonly measureMs: number;
  readonly warmUpMs: number;
  readonly inFlight: number;
  readonly lines: number;
  readonly issuers: number;
  /** Rows of the bulk scenario. */
  readonly rows: number;
  /** Documents of the rendered scenario. */
  readonly documents: number;
  /** How many documents of the scenarios without drawing are drawn and anchored afterwards; Infinity: all. */
  readonly drain: number;
  readonly profile: boolean;
};

export const USAGE = `npm run bench:issue -- [options]
  --only single,many,bulk,rendered   scenarios to run (default: all)
  --seconds 10       measured time of single and many
  --warm-up 3        seconds before that, not counted
  --in-flight 64     requests at a time, each on its own connection
  --lines 3          lines of an invoice
  --issuers 8        issuers of many
  --rows 20000       rows of bulk
  --documents 12000  documents of rendered
  --drain 200        documents of the others drawn and anchored afterwards; or: all
  --profile          say where the API process spends its time in single and many
  --instance FILE    load a running instance (.chopmark/instance.json) instead of starting one`;

/** Throws an `Error` that says what is wrong with the command line. */
export function readOptions(args: string[]): BenchOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: {
      ...{ only: text, seconds: text, 'warm-up': text, 'in-flight': text, lines: text, issuers: text },
      ...{ rows: text, documents: text, drain: text, instance: text },
      profile: { type: 'boolean', default: false },
    },
  });
  return {
    ...(values.instance === undefined ? {} : { instanceFile: values.instance }),
    scenarios: scenariosOf(values.only),
    measureMs: number('seconds', values.seconds, 10) * 1_000,
    warmUpMs: number('warm-up', values['warm-up'], 3) * 1_000,
    inFlight: number('in-flight', values['in-flight'], 64),
    lines: number('lines', values.lines, 3),
    issuers: number('issuers', values.issuers, 8),
    rows: number('rows', values.rows, 20_000),
    documents: number('documents', values.documents, 12_000),
    drain: values.drain === 'all' ? Infinity : number('drain', values.drain, 200),
    profile: values.profile,
  };
}

function scenariosOf(only: string | undefined): ScenarioName[] {
  const wanted = only?.split(',') ?? SCENARIOS;
  const unknown = wanted.filter((name) => !(SCENARIOS as readonly string[]).includes(name));
  if (unknown.length > 0) {
    throw new Error(`There is no scenario ${unknown.join(', ')}; there are ${SCENARIOS.join(', ')}.`);
  }
  return SCENARIOS.filter((name) => wanted.includes(name));
}

function number(name: string, text: string | undefined, otherwise: number): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isFinite(value) || value < 0) {
    throw new Error(`--${name} needs a number.`);
  }
  return value;
}
