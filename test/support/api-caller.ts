import { invoiceRequest } from './invoice-request.js';

export type Answer<Body = unknown> = {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
};

/** As `POST /v1/invoices` answers. */
export type Issued = {
  readonly id: string;
  readonly number: string;
  readonly documentAddress: string;
  readonly verifyUrl: string;
};

export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly field: string; readonly code: string; readonly message: string }[];
};

/** Calls a running API over HTTP, as a customer's program would. */
export class ApiCaller {
  constructor(
    private readonly baseUrl: string,
    private readonly apiKey?: string,
  ) {}

  get<Body>(path: string, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.send<Body>('GET', path, { headers });
  }

  /** A string or bytes go out as they are; anything else as JSON. */
  post<Body>(path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer<Body>> {
    return this.sendJson<Body>('POST', path, body, headers);
  }

  /** POST without a body, and so without its type. */
  postNothing<Body>(path: string): Promise<Answer<Body>> {
    return this.send<Body>('POST', path, { headers: {} });
  }

  put<Body>(path: string, body: unknown): Promise<Answer<Body>> {
    return this.sendJson<Body>('PUT', path, body, {});
  }

  tryToIssue(request: unknown = invoiceRequest(), idempotencyKey?: string): Promise<Answer<Issued & Problem>> {
    return this.post(
      '/v1/invoices',
      request,
      idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey },
    );
  }

  /** Throws when the invoice is refused. */
  async issue(request: unknown = invoiceRequest(), idempotencyKey?: string): Promise<Issued> {
    const { status, body } = await this.tryToIssue(request, idempotencyKey);
    if (status !== 201) {
      throw new Error(`Refused with ${status}: ${JSON.stringify(body)}`);
    }
    return body;
  }

  issueMany(count: number): Promise<Issued[]> {
    return Promise.all(Array.from({ length: count }, () => this.issue()));
  }

  async file(
    id: string,
    seconds = 20,
    { revision = 'issued', headers = {} }: { revision?: string; headers?: Record<string, string> } = {},
  ): Promise<{ status: number; headers: Headers; bytes: Buffer }> {
    const response = await fetch(`${this.baseUrl}/v1/documents/${id}/file?revision=${revision}`, {
      headers: { ...this.authorization(), prefer: `wait=${seconds}`, ...headers },
    });
    return { status: response.status, headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  private sendJson<Body>(
    method: string,
    path: string,
    body: unknown,
    headers: Record<string, string>,
  ): Promise<Answer<Body>> {
    const sent = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    return this.send<Body>(method, path, { body: sent, headers: { 'content-type': 'application/json', ...headers } });
  }

  private async send<Body>(
    method: string,
    path: string,
    { headers, body }: { headers: Record<string, string>; body?: string | Uint8Array },
  ): Promise<Answer<Body>> {
    const response = await fetch(`${this.baseUrl}${path}`, {
      method,
      headers: { ...this.authorization(), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Body };
  }

  private authorization(): Record<string, string> {
    return this.apiKey === undefined ? {} : { authorization: `Bearer ${this.apiKey}` };
  }
}
