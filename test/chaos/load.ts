import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChaosInstance, ChaosIssuer } from './instance.js';
import { SeededRandom } from './seeded-random.js';

/** One thing that a customer's program wants, asked for with one key until it is answered. */
export type Wish = {
  readonly what: 'invoice' | 'red-letter' | 'revocation';
  readonly issuer: ChaosIssuer;
  readonly path: string;
  readonly key: string;
  readonly body: string;
  /** The document that is taken back or revoked. */
  readonly documentId?: string;
};

/** Of an invoice or red letter: the new document. */
export type Granted = { readonly wish: Wish; readonly id?: string; readonly number?: string };
export type Refused = { readonly wish: Wish; readonly status: number; readonly body: string };
/** The bytes of a file as somebody received them. */
export type Download = { readonly documentId: string; readonly sha256: string };

/** What customers were told, whatever happened in between. */
export type Ledger = {
  readonly granted: Granted[];
  readonly refused: Refused[];
  readonly downloads: Download[];
  /** Attempts that ended without an answer, or with one that says to come again. */
  repeats: number;
  /** Answers of 500: an outage has an answer of its own. */
  readonly breakdowns: string[];
};

const REQUEST_TIMEOUT_MS = 10_000;
const REST_MS = 250;
const UNAVAILABLE = 503;
const TOO_MANY = 429;
const CALLERS_PER_ISSUER = 3;
const THOUGHT_MS = { least: 100, most: 700 };

/** Customers' programs that issue one document after the other, take some back, and do not give up. */
export class Load {
  readonly ledger: Ledger = { granted: [], refused: [], downloads: [], repeats: 0, breakdowns: [] };
  private isOver = false;
  private readonly callers: Promise<void>[];

  constructor(
    private readonly instance: ChaosInstance,
    seed: number,
  ) {
    this.callers = instance.issuers.flatMap((issuer, index) =>
      Array.from({ length: CALLERS_PER_ISSUER }, (_, caller) => {
        const name = index * CALLERS_PER_ISSUER + caller;
        return this.call(issuer, `chaos-${seed}-${name}`, new SeededRandom(seed + name));
      }),
    );
  }

  /** Every wish that was begun is answered first: call it when everything is up again. */
  async stop(): Promise<Ledger> {
    this.isOver = true;
    await Promise.all(this.callers);
    return this.ledger;
  }

  private async call(issuer: ChaosIssuer, name: string, random: SeededRandom): Promise<void> {
    for (let turn = 0; !this.isOver; turn += 1) {
      const invoice = invoiceWish(issuer, `${name}-${turn}`, random);
      const granted = await this.insist(invoice);
      if (granted?.id !== undefined) {
        await this.goOn(issuer, { id: granted.id, key: `${invoice.key}-later` }, random.between(0, 9));
      }
      await pause(random.between(THOUGHT_MS.least, THOUGHT_MS.most));
    }
  }

  /** Two in ten are taken back, one is revoked, one is fetched. */
  private async goOn(issuer: ChaosIssuer, { id, key }: { id: string; key: string }, lot: number): Promise<void> {
    const later = { issuer, key, documentId: id };
    if (lot <= 1) {
      const body = JSON.stringify({ reasonCode: '01', drawer: '林示安' });
      await this.insist({ ...later, what: 'red-letter', path: `/v1/invoices/${id}/red-letters`, body });
    } else if (lot === 2) {
      const body = JSON.stringify({ reason: 'issued-in-error' });
      await this.insist({ ...later, what: 'revocation', path: `/v1/documents/${id}/revocation`, body });
    } else if (lot === 3) {
      await this.download(issuer, id);
    }
  }

  private async insist(wish: Wish): Promise<Granted | undefined> {
    for (;;) {
      const said = await ask(this.instance.baseUrl, wish).catch(() => undefined);
      if (said?.status === 201) {
        const granted = { wish, ...documentOf(said.body) };
        this.ledger.granted.push(granted);
        return granted;
      }
      if (said !== undefined && isRefusal(said.status)) {
        this.ledger.refused.push({ wish, ...said });
        return undefined;
      }
      if (said !== undefined && said.status !== UNAVAILABLE) {
        this.ledger.breakdowns.push(`${said.status} ${wish.what} ${wish.key}: ${said.body.slice(0, 300)}`);
      }
      this.ledger.repeats += 1;
      await pause(REST_MS);
    }
  }

  private async download(issuer: ChaosIssuer, id: string): Promise<void> {
    const file = await fetchFile(this.instance.baseUrl, issuer, id, 2).catch(() => null);
    if (file !== null) {
      this.ledger.downloads.push({ documentId: id, sha256: file });
    }
  }
}

function isRefusal(status: number): boolean {
  return status < 500 && status !== TOO_MANY;
}

function documentOf(body: string): { id?: string; number?: string } {
  const { id, number } = JSON.parse(body) as { id?: string; number?: string };
  return { ...(id !== undefined && { id }), ...(number !== undefined && { number }) };
}

/** Throws when there was no answer. */
export async function ask(
  baseUrl: string,
  { issuer, path, key, body }: Wish,
): Promise<{ status: number; body: string }> {
  const answer = await fetch(`${baseUrl}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${issuer.apiKey}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body,
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  return { status: answer.status, body: await answer.text() };
}

/** SHA-256 of the issued PDF as it arrives, in hexadecimal; null when there is none yet. */
export async function fetchFile(
  baseUrl: string,
  { apiKey }: ChaosIssuer,
  documentId: string,
  waitSeconds: number,
): Promise<string | null> {
  const answer = await fetch(`${baseUrl}/v1/documents/${documentId}/file`, {
    headers: { authorization: `Bearer ${apiKey}`, prefer: `wait=${waitSeconds}` },
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const bytes = Buffer.from(await answer.arrayBuffer());
  return answer.status === 200 ? createHash('sha256').update(bytes).digest('hex') : null;
}

function invoiceWish(issuer: ChaosIssuer, key: string, random: SeededRandom): Wish {
  const fen = random.between(1, 99) * 100;
  const yuan = (amount: number): string => (amount / 100).toFixed(2);
  const line = {
    taxClassCode: '3070401000000000000',
    categoryShortName: '餐饮服务',
    itemName: `餐费 ${key}`,
    amount: yuan(fen),
    taxRate: '0.06',
    tax: yuan((fen * 6) / 100),
  };
  const buyer = { name: '深圳市云帆示范科技有限公司', taxId: '91440300MAXDEM0135' };
  const body = JSON.stringify({ type: 'ordinary', buyer, lines: [line], drawer: '周样宁' });
  return { what: 'invoice', issuer, path: '/v1/invoices', key, body };
}
