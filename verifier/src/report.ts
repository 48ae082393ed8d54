import { factSentence, type FactLanguage } from '../../src/proof/fact-texts/index.js';
import type { Fact, Question, Verdict } from '../../src/proof/index.js';
import type { PileSummary, Result } from './check-pile.js';
import { DETAILS, KINDS, MARKS, NODE_STATES, UNREAD, VERDICT_NAMES, VERDICTS, WORDS, type Words } from './texts.js';

/** How many there were of each verdict. */
export type Totals = Record<Verdict | 'unread' | 'duplicates', number>;

export function noTotals(): Totals {
  return { valid: 0, pending: 0, 'not-valid': 0, 'cannot-tell': 0, unread: 0, duplicates: 0 };
}

/**
 * One that is not valid outweighs everything; then what cannot be told, is pending or could not be read; nothing at all is not
 * "all valid".
 */
export function exitCodeOf(totals: Totals): 0 | 1 | 2 {
  if (totals['not-valid'] > 0) {
    return 1;
  }
  const isOpen = totals['cannot-tell'] + totals.pending + totals.unread > 0;
  return isOpen || totals.valid === 0 ? 2 : 0;
}

/** A result as text, with a line end behind each line. */
export class TextReport {
  constructor(private readonly language: FactLanguage) {}

  /** One plain sentence; the facts below it when they are wanted. */
  result(result: Result, showsFacts: boolean): string {
    const { name, verdict, kind, facts, duplicateOf } = result;
    const mark = MARKS[OUTCOME_OF[verdict]];
    const same = duplicateOf === undefined ? '' : ` (${this.say(WORDS.duplicate)}${printable(duplicateOf)})`;
    const head = `${mark} ${printable(name)} · ${this.say(KINDS[kind])}${same}\n  ${this.sentence(verdict, facts)}\n`;
    return showsFacts ? `${head}${this.said(result)}${facts.map((fact) => this.fact(fact)).join('')}\n` : head;
  }

  private sentence(verdict: Verdict, facts: readonly Fact[]): string {
    const reason = verdict === 'not-valid' ? facts.find(({ outcome }) => outcome === 'fails') : mainlyOpen(facts);
    if (verdict === 'valid' || verdict === 'pending' || reason === undefined) {
      return this.say(VERDICTS[verdict]);
    }
    const advice = NO_NODE.has(reason.code) ? this.say(WORDS.tryNodes) : '';
    return this.say(VERDICTS[verdict]) + factSentence(reason, this.language) + advice;
  }

  /** What the document says of itself: only where nothing speaks against its content. */
  private said({ facts, issuer, coreData, documentAddress }: Result): string {
    const isWhole = facts.some(({ code }) => code === 'integrity.holds');
    if (!isWhole) {
      return '';
    }
    const number = coreData?.['number'];
    const lines: [Words, string][] = [
      [WORDS.issuer, issuer === null ? '' : `${issuer.name} (${issuer.domain})`],
      [WORDS.number, typeof number === 'string' ? number : ''],
      [WORDS.address, documentAddress ?? ''],
    ];
    return lines
      .filter(([, value]) => value !== '')
      .map(([word, value]) => `    ${this.say(word)} ${printable(value)}\n`)
      .join('');
  }

  private fact(fact: Fact): string {
    const { outcome, code, detail } = fact;
    const line = `    ${MARKS[outcome]} ${factSentence(fact, this.language)} [${code}]\n`;
    const isPlain = outcome === 'holds' || outcome === 'not-applicable' || detail === undefined;
    const details = isPlain ? [] : Object.entries(detail).map(([key, value]) => `${this.nameOf(key)} ${value}`);
    return details.length === 0 ? line : `${line}        ${printable(details.join(' · '))}\n`;
  }

  /** What could not be read, and the table of totals. */
  summary(totals: Totals, { unread, passedOver, nodes }: PileSummary, isOffline: boolean): string {
    const lines = unread.map(({ name, why }) => `? ${printable(name)}: ${this.say(UNREAD[why])}`);
    const asked = nodes.map(({ url, chainId = '', state }) =>
      `${printable(hostOf(url))} ${chainId} ${this.say(NODE_STATES[state])}`.trim(),
    );
    return [
      ...lines,
      '',
      ...this.table(totals),
      ...(passedOver > 0 ? [`${passedOver} ${this.say(WORDS.passedOver)}`] : []),
      ...(asked.length > 0 ? [`${this.say(WORDS.asked)}: ${asked.join(' · ')}`] : []),
      ...(isOffline ? [this.say(WORDS.offline)] : []),
      '',
    ].join('\n');
  }

  private table(totals: Totals): string[] {
    const { duplicates, ...verdicts } = totals;
    const total = Object.values(verdicts).reduce((sum, count) => sum + count, 0);
    if (total === 0) {
      return [this.say(WORDS.nothing)];
    }
    const rows = (Object.keys(verdicts) as (keyof typeof verdicts)[])
      .filter((verdict) => verdicts[verdict] > 0)
      .map((verdict): [string, number] => [this.say(VERDICT_NAMES[verdict]), verdicts[verdict]]);
    const more: [string, number][] = duplicates > 0 ? [[this.say(WORDS.duplicates), duplicates]] : [];
    const all: [string, number][] = [...rows, [this.say(WORDS.total), total], ...more];
    return all.map(([word, count]) => `${String(count).padStart(8)}  ${word}`);
  }

  private nameOf(detail: string): string {
    const [zh, zhTw] = DETAILS[detail] ?? [detail, detail];
    return { zh, 'zh-TW': zhTw, en: detail }[this.language];
  }

  private say(words: Words): string {
    return words[this.language];
  }
}

/** Open because no node was there to ask: the addresses that were given may be wrong. */
const NO_NODE: ReadonlySet<string> = new Set([
  'anchor.unreachable',
  'anchor.chain-not-known',
  'status.unreachable',
  'status.chain-not-known',
]);
/** As on the verification page: the chain first, which tells the most. What bears no proof has nothing that it could be asked about. */
const ORDER: readonly Question[] = ['anchor', 'status', 'integrity', 'issuer'];

function mainlyOpen(facts: readonly Fact[]): Fact | undefined {
  const open = facts.filter(({ outcome, code }) => outcome === 'unknown' && !code.endsWith('.pending'));
  const [first] = ORDER.flatMap((question) => open.filter((fact) => fact.question === question));
  return first ?? open[0];
}

const OUTCOME_OF = { valid: 'holds', 'not-valid': 'fails', pending: 'unknown', 'cannot-tell': 'unknown' } as const;

/** Names and contents come from strangers: nothing of theirs may steer the terminal, or turn the direction of the text. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
}

/** Without the path, where providers put their keys. */
function hostOf(url: string): string {
  return new URL(url).host;
}
