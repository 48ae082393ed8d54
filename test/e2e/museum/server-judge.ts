import { vi } from 'vitest';
import { Clock } from '../../../src/kernel/index.js';
import type { Running } from '../../support/running-instance.js';
import type { Circumstances, Exhibit } from '../../vectors/museum/piece.js';
import { YEARS_AWRY } from './clocks.js';
import type { JudgeOf, Judgement } from './judges.js';

type Answer = Extract<Judgement, { facts: unknown }>;
type Problem = { readonly code: string; readonly errors?: readonly { readonly code: string }[] };

/** `POST /v1/verifications`, as a stranger asks it: PDFs as a form of files, bundles as JSON. */
export class ServerJudge implements JudgeOf {
  constructor(private readonly api: Running) {}

  async judge(pile: readonly Exhibit[], { clock = 'right' }: Circumstances): Promise<readonly Judgement[]> {
    const itsClock = vi.spyOn(this.api.app.get(Clock, { strict: false }), 'now');
    itsClock.mockImplementation(() => new Date(new Date().getTime() + YEARS_AWRY[clock]));
    const judgements: Judgement[] = [];
    for (const exhibit of pile) {
      judgements.push(exhibit.fileName.endsWith('.json') ? await this.asJson(exhibit) : await this.asFile(exhibit));
    }
    itsClock.mockRestore();
    return judgements;
  }

  private async asFile({ fileName, bytes }: Exhibit): Promise<Judgement> {
    const form = new FormData();
    form.append('file', new Blob([Uint8Array.from(bytes)]), fileName);
    const answer = await this.post(form);
    const { items } = (await answer.json()) as { items: [Partial<Answer> & { problem?: Problem }] };
    return judgementOf(items[0]);
  }

  private async asJson({ bytes }: Exhibit): Promise<Judgement> {
    const given = new TextDecoder().decode(bytes);
    const answer = await this.post(`{"evidence":${given}}`, { 'content-type': 'application/json' });
    const body = (await answer.json()) as Partial<Answer> & Problem;
    return answer.status === 200
      ? judgementOf(body)
      : { verdict: 'refused', problem: body.errors?.[0]?.code ?? body.code };
  }

  private post(body: FormData | string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.api.url}/v1/verifications`, { method: 'POST', headers, body });
  }
}

function judgementOf({ verdict, facts, problem }: Partial<Answer> & { problem?: Problem }): Judgement {
  if (problem !== undefined) {
    return { verdict: 'refused', problem: problem.code };
  }
  if (verdict === undefined || facts === undefined) {
    throw new Error('The service has said nothing');
  }
  return { verdict, facts };
}
