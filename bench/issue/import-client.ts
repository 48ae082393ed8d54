import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchIssuer } from './instance.js';
import type { Answer } from './load-protocol.js';
import { invoiceText } from './requests.js';

export type Accepted = { readonly id: string; readonly total: number; readonly statusUrl: string };
export type Status = { readonly state: string; readonly issued: number; readonly failed: number };
type RowPage = {
  readonly items: readonly { line: number; documentId?: string; number?: string }[];
  readonly nextCursor: string | null;
};

const PATIENCE_MS = 300_000;

/** One issuer's imports. Row 1 of an import is the invoice of the number it was sent from. */
export class ImportClient {
  private readonly firsts = new Map<string, number>();

  constructor(
    private readonly baseUrl: string,
    private readonly issuer: BenchIssuer,
    private readonly run: string,
    private readonly lines: number,
  ) {}

  async send(first: number, rows: number): Promise<Accepted> {
    const texts = Array.from({ length: rows }, (_, index) => invoiceText(this.run, first + index, this.lines));
    const accepted = await this.call<Accepted>(`${this.baseUrl}/v1/imports?kind=invoice.vat`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson' },
      body: texts.join('\n'),
    });
    this.firsts.set(accepted.id, first);
    return accepted;
  }

  async finish({ id }: Accepted): Promise<Status> {
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const status = await this.call<Status>(`${this.baseUrl}/v1/imports/${id}`);
      if (['done', 'refused'].includes(status.state) || performance.now() > deadline) {
        return status;
      }
      await sleep(100);
    }
  }

  async rows({ id }: Accepted): Promise<Answer[]> {
    const first = this.firsts.get(id) ?? 0;
    const answers: Answer[] = [];
    let cursor: string | null = '0';
    while (cursor !== null) {
      const page: RowPage = await this.call(`${this.baseUrl}/v1/imports/${id}/rows?limit=1000&cursor=${cursor}`);
      for (const { line, documentId, number } of page.items) {
        if (documentId !== undefined && number !== undefined) {
          answers.push({ request: first + line - 1, id: documentId, number });
        }
      }
      cursor = page.nextCursor;
    }
    return answers;
  }

  private async call<Body>(url: string, init: RequestInit = {}): Promise<Body> {
    const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.issuer.apiKey}` };
    const answer = await fetch(url, { ...init, headers });
    const text = await answer.text();
    if (!answer.ok) {
      throw new Error(`${init.method ?? 'GET'} ${new URL(url).pathname} answered ${answer.status}: ${text}`);
    }
    return JSON.parse(text) as Body;
  }
}
