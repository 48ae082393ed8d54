import type { ImportWorld, TestIssuer } from './import-world.js';

export type Answer<Body> = { readonly status: number; readonly body: Body };
export type Accepted = {
  readonly id: string;
  readonly total: number;
  readonly state: string;
  readonly statusUrl: string;
};
export type Problem = { readonly code: string };

type SendChoices = { readonly query?: string; readonly key?: string; readonly type?: string };

/** Speaks to the API of `world` as `issuer`. */
export class ImportClient {
  constructor(
    private readonly world: ImportWorld,
    readonly issuer: TestIssuer,
  ) {}

  async send<Body = Accepted>(body: string, choices: SendChoices = {}): Promise<Answer<Body>> {
    const { query = 'kind=invoice.vat', key, type = 'application/x-ndjson' } = choices;
    const response = await fetch(`${this.world.baseUrl}/v1/imports?${query}`, {
      method: 'POST',
      headers: {
        ...this.authorization,
        'content-type': type,
        ...(key === undefined ? {} : { 'idempotency-key': key }),
      },
      body,
    });
    return { status: response.status, body: (await response.json()) as Body };
  }

  async ask<Body>(path: string): Promise<Answer<Body>> {
    const response = await fetch(`${this.world.baseUrl}/v1/imports/${path}`, { headers: this.authorization });
    return { status: response.status, body: (await response.json()) as Body };
  }

  follow(id: string, signal: AbortSignal): Promise<Response> {
    const headers = { ...this.authorization, accept: 'text/event-stream' };
    return fetch(`${this.world.baseUrl}/v1/imports/${id}`, { headers, signal });
  }

  /** Does the issuer's jobs, as a woken worker would. */
  work(): Promise<void> {
    return this.world.handler.handle({ issuerId: this.issuer.id }, new AbortController().signal);
  }

  private get authorization(): { readonly authorization: string } {
    return { authorization: `Bearer ${this.issuer.apiKey}` };
  }
}
