import { checkPile, type PileSummary, type Result } from './check-pile.js';
import { readOptions, UsageError, type Options } from './options.js';
import { exitCodeOf, noTotals, TextReport, type Totals } from './report.js';
import { HELP } from './texts.js';

/** What the command runs in. */
export type Surroundings = {
  readonly args: readonly string[];
  /** As `LANG` says it: `zh_CN.UTF-8`. */
  readonly locale: string;
  readonly now: Date;
  readonly version: string;
  /** Resolves when more can be written. */
  readonly write: (text: string) => Promise<void>;
  readonly complain: (text: string) => void;
};

const USAGE = 64; // EX_USAGE of sysexits.h
/** Of a pile that is larger, the facts of what is valid would bury the rest. */
const MOST_WITH_ALL_FACTS = 20;

/** Runs the command; the exit code. */
export async function run(surroundings: Surroundings): Promise<number> {
  try {
    const asked = readOptions(surroundings.args, surroundings.locale);
    if (asked.kind !== 'check') {
      await surroundings.write(asked.kind === 'help' ? HELP : `${surroundings.version}\n`);
      return 0;
    }
    return await (asked.options.isJson ? runAsJson : runAsText)(asked.options, surroundings);
  } catch (error) {
    if (error instanceof UsageError) {
      surroundings.complain(`chopmark-verify: ${error.message}\nchopmark-verify --help\n`);
      return USAGE;
    }
    throw error;
  }
}

async function runAsText(options: Options, { now, write }: Surroundings): Promise<number> {
  const report = new TextReport(options.language);
  const totals = noTotals();
  const first: Result[] = [];
  const writeAll = (results: readonly Result[], showsFacts: (result: Result) => boolean): Promise<void> =>
    write(results.map((result) => report.result(result, showsFacts(result))).join(''));
  const isWanted = ({ verdict }: Result): boolean => options.showsAllFacts || verdict !== 'valid';
  let isLarge = false;
  const tell = async (result: Result): Promise<void> => {
    count(totals, result);
    first.push(result);
    isLarge ||= first.length > MOST_WITH_ALL_FACTS;
    if (isLarge) {
      await writeAll(first.splice(0), isWanted);
    }
  };
  const summary = await checkPile(options, now, tell);
  totals.unread = summary.unread.length;
  await writeAll(first, () => true);
  await write(report.summary(totals, summary, options.isOffline));
  return exitCodeOf(totals);
}

/** One object; results are written as they come, so that a large pile needs no memory. */
async function runAsJson(options: Options, { now, version, write: writeNow }: Surroundings): Promise<number> {
  const totals = noTotals();
  const { write, flush } = gathering(writeNow);
  await write(
    `{"verifier":${JSON.stringify({ name: 'chopmark-verify', version })},"checkedAt":"${now.toISOString()}","results":[`,
  );
  let separator = '\n';
  const summary: PileSummary = await checkPile(options, now, async (result) => {
    count(totals, result);
    await write(separator + JSON.stringify(result));
    separator = ',\n';
  });
  totals.unread = summary.unread.length;
  const exitCode = exitCodeOf(totals);
  const { nodes, ...rest } = summary;
  const rpc = nodes.map(({ url, chainId, state }) => ({ host: new URL(url).host, chainId, state }));
  await write(
    `\n],"totals":${JSON.stringify(totals)},${JSON.stringify({ ...rest, rpc, offline: options.isOffline, exitCode }).slice(1)}\n`,
  );
  await flush();
  return exitCode;
}

/** So many characters are written at once: a trip to the system for each result costs more than to make it. */
const WRITTEN_AT_ONCE = 65_536;

function gathering(write: Surroundings['write']): { write: Surroundings['write']; flush: () => Promise<void> } {
  let text = '';
  const flush = (): Promise<void> => {
    const all = text;
    text = '';
    return write(all);
  };
  return {
    write: async (more) => {
      text += more;
      if (text.length >= WRITTEN_AT_ONCE) {
        await flush();
      }
    },
    flush,
  };
}

function count(totals: Totals, { verdict, duplicateOf }: Result): void {
  totals[verdict] += 1;
  totals.duplicates += duplicateOf === undefined ? 0 : 1;
}
