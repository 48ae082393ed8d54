import type { Fact, Verdict } from '../../../src/proof/index.js';

type AnsweredFact = Fact & { readonly message: { readonly zh: string; readonly en: string } };

/** What `POST /v1/verifications` answers about one document, as far as tests look at it. */
export type Verified = {
  readonly fileName?: string;
  readonly verdict: Verdict;
  readonly facts: readonly AnsweredFact[];
  readonly expectedAt: string | null;
  readonly checkedAt: string;
  readonly document: {
    readonly number: string;
    readonly documentAddress: string;
    readonly isUnmasked: boolean;
    readonly publicFacts: readonly { readonly label: { readonly en: string }; readonly value: string }[];
    readonly history: readonly {
      readonly type: string;
      readonly verdict: Verdict | null;
      readonly anchors: readonly { readonly blockNumber: number | null }[];
    }[];
    readonly anchors: readonly { readonly transactionHash: string; readonly proofLength: number }[];
  } | null;
  readonly problem?: { readonly status: number; readonly code: string };
};

type Part = { readonly name: string; readonly bytes: Uint8Array };

/** A stranger with documents in hand and no account. */
export class Verifier {
  constructor(private readonly baseUrl: string) {}

  async byAddress(documentAddress: string): Promise<Verified> {
    return (await this.post({ documentAddress })) as Verified;
  }

  async byEvidence(evidence: unknown): Promise<Verified> {
    return (await this.post({ evidence })) as Verified;
  }

  async post(body: unknown): Promise<unknown> {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${this.baseUrl}/v1/verifications`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    return answer.json();
  }

  async byFiles(...files: readonly Part[]): Promise<readonly Verified[]> {
    const answer = await this.sendForm('/v1/verifications', files);
    return ((await answer.json()) as { items: Verified[] }).items;
  }

  async byFile(bytes: Uint8Array): Promise<Verified> {
    const [verified] = await this.byFiles({ name: 'invoice.pdf', bytes });
    if (verified === undefined) {
      throw new Error('No answer about the file');
    }
    return verified;
  }

  sendForm(path: string, files: readonly Part[], fields: Readonly<Record<string, string>> = {}): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
    }
    for (const { name, bytes } of files) {
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
    }
    return fetch(`${this.baseUrl}${path}`, { method: 'POST', body: form, redirect: 'manual' });
  }

  page(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return fetch(`${this.baseUrl}${path}`, { headers, redirect: 'manual' });
  }
}

/** The facts of one question, as `code=outcome`. */
export function answersTo(question: Fact['question'], { facts }: Verified): string[] {
  return facts.filter((fact) => fact.question === question).map(({ code, outcome }) => `${code}=${outcome}`);
}
