export type Issued = {
  readonly id: string;
  readonly number: string;
  readonly documentAddress: string;
  readonly verifyUrl: string;
};
type Fact = { readonly question: string; readonly outcome: string; readonly code: string };
export type Verification = { readonly verdict: string; readonly facts: readonly Fact[] };
export type Anchor = { readonly transactionHash: string | null; readonly root: string };
/** Without anchors while the bundle is still being made. */
type Evidence = { readonly anchors?: readonly Anchor[] };
type Problem = {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
};

/** The API as the samples use it: an issuer's calls with a key, a stranger's without. */
export class SampleClient {
  constructor(private readonly baseUrl: string) {}

  /** `issued` is null when the route makes no document. Throws only when the server failed, not when it refused. */
  async send(
    route: string,
    { apiKey, idempotencyKey, body }: { apiKey: string; idempotencyKey: string; body: unknown },
  ): Promise<{ readonly issued: Issued | null } | { readonly refusal: string }> {
    const response = await fetch(`${this.baseUrl}${route}`, {
      method: 'POST',
      headers: { ...bearer(apiKey), 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status >= 500) {
      throw new Error(`POST ${route} answered ${response.status}: ${text}`);
    }
    if (!response.ok) {
      const { code, detail, errors = [] } = JSON.parse(text) as Problem;
      const reasons = errors.map(({ field, message }) => `${field}: ${message}`).join(' ');
      return { refusal: `refused: ${code}. ${reasons === '' ? detail : reasons}` };
    }
    const answer = JSON.parse(text) as Partial<Issued>;
    return { issued: answer.documentAddress === undefined ? null : (answer as Issued) };
  }

  /** With a key it may be asked as often as one likes. */
  verify(documentAddress: string, apiKey?: string): Promise<Verification> {
    return this.call<Verification>('/v1/verifications', {
      method: 'POST',
      headers: { ...(apiKey === undefined ? {} : bearer(apiKey)), 'content-type': 'application/json' },
      body: JSON.stringify({ documentAddress }),
    });
  }

  async verifyFile(pdf: Uint8Array<ArrayBuffer>): Promise<Verification> {
    const form = new FormData();
    form.append('file', new Blob([pdf], { type: 'application/pdf' }), 'document.pdf');
    const { items } = await this.call<{ items: Verification[] }>('/v1/verifications', { method: 'POST', body: form });
    return items[0] ?? { verdict: 'no answer', facts: [] };
  }

  async file(id: string, apiKey: string): Promise<Uint8Array<ArrayBuffer>> {
    const response = await fetch(`${this.baseUrl}/v1/documents/${id}/file`, {
      headers: { ...bearer(apiKey), prefer: 'wait=30' },
    });
    if (response.status !== 200) {
      throw new Error(`GET /v1/documents/${id}/file answered ${response.status}`);
    }
    return new Uint8Array(await response.arrayBuffer());
  }

  async anchors(id: string, apiKey: string): Promise<readonly Anchor[]> {
    const { anchors } = await this.call<Evidence>(`/v1/documents/${id}/evidence`, { headers: bearer(apiKey) });
    return anchors ?? [];
  }

  private async call<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.baseUrl}${path}`, init);
    const text = await response.text();
    if (!response.ok) {
      throw new Error(`${init.method ?? 'GET'} ${path} answered ${response.status}: ${text}`);
    }
    return JSON.parse(text) as Answer;
  }
}

function bearer(apiKey: string): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}
