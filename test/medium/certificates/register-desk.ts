import { expect, vi } from 'vitest';
import { Clock } from '../../../src/kernel/index.js';
import type { Answer, ApiCaller, Issued, Problem } from '../../support/api-caller.js';
import { propertyRequest } from '../../support/certificates.js';
import { callerOf, type Running, type TestInstance } from '../../support/running-instance.js';

export type Outcome = Answer<Issued & Problem>;
export type Burden = {
  readonly kind: string;
  readonly position: number;
  readonly state: string;
  readonly proofNumber: string | null;
  readonly courtDocumentNo: string | null;
  readonly lapsesOn: string | null;
  readonly dominantUnitNo: string | null;
};
export type Page = {
  readonly unitNo: string;
  readonly currentCertificateId: string | null;
  readonly burdens: readonly Burden[];
  readonly benefits: readonly { readonly servientUnitNo: string; readonly proofNumber: string }[];
};

export const buyer = { name: '许样帆', idType: '111', idNo: '33010019760919505X' };
const bank = {
  name: '示例商业银行股份有限公司南京分行(虚构)',
  idType: '001',
  idNo: '91320100MAXDEM099N',
};

/** A register office at work: it registers units and asks for acts on them over HTTP. */
export class RegisterDesk {
  private serial = 0;

  private constructor(
    readonly instance: TestInstance,
    readonly api: Running,
    readonly caller: ApiCaller,
  ) {}

  static async open(instance: TestInstance): Promise<RegisterDesk> {
    const issuer = await instance.addIssuer('loudi');
    const api = await instance.startApi();
    return new RegisterDesk(instance, api, callerOf(api, issuer));
  }

  newUnit(): string {
    return `431302001005GB${String((this.serial += 1) + 100).padStart(5, '0')}F00030602`;
  }

  act(): { businessNo: string; reason: string } {
    return { businessNo: `B${(this.serial += 1)}`, reason: '登记' };
  }

  async register(changes = {}): Promise<Issued> {
    return this.done('', propertyRequest({ unitNo: this.newUnit(), ...changes }));
  }

  sale(changes = {}): Record<string, unknown> {
    return {
      ...{ ...this.act(), ground: 'sale', applicants: 'both', owners: [buyer], coOwnership: 'sole' },
      ...changes,
    };
  }

  loan(changes = {}): Record<string, unknown> {
    return {
      ...{ ...this.act(), mortgagees: [bank], kind: 'ordinary', securedAmount: '650000.00' },
      ...{ term: { from: '2026-03-05', to: '2046-03-04' }, ...changes },
    };
  }

  seizure(courtDocumentNo: string, term = { from: '2026-03-05', to: '2029-03-04' }): Record<string, unknown> {
    return { ...this.act(), court: '娄底市示例区人民法院', courtDocumentNo, term };
  }

  release(seizureDocumentNo: string): Record<string, unknown> {
    return { ...this.act(), courtDocumentNo: '(2026)湘1302执解1号', seizureDocumentNo };
  }

  objection(changes = {}): Record<string, unknown> {
    return { ...this.act(), applicants: [buyer], notes: '对权利归属有异议', ...changes };
  }

  ask(path: string, body: unknown, headers = {}): Promise<Outcome> {
    return this.caller.post(`/v1/certificates${path}`, body, headers);
  }

  /** Asks for what MUST be taken. */
  async done(path: string, body: unknown): Promise<Issued> {
    const { status, body: answer } = await this.ask(path, body);
    expect(status === 201 ? status : answer).toBe(201);
    return answer;
  }

  /** `409 certificates.seized`, or the field that is wrong: `422 term.to certificates.term-passed`. */
  async refusal(path: string, body: unknown): Promise<string> {
    const { status, body: answer } = await this.ask(path, body);
    const [error] = answer.errors ?? [];
    return `${status} ${error === undefined ? answer.code : `${error.field} ${error.code}`}`;
  }

  async page(id: string): Promise<Page> {
    return (await this.caller.get<Page>(`/v1/certificates/${id}/register`)).body;
  }

  async events(id: string): Promise<readonly { type: string; payload: Record<string, string> }[]> {
    const path = `/v1/documents/${id}/events`;
    return (await this.caller.get<{ items: { type: string; payload: Record<string, string> }[] }>(path)).body.items;
  }

  async eventTypes(id: string): Promise<string[]> {
    return (await this.events(id)).map(({ type }) => type);
  }

  async content(id: string): Promise<Record<string, unknown>> {
    return (await this.caller.get<{ content: Record<string, unknown> }>(`/v1/documents/${id}`)).body.content;
  }

  async status(id: string): Promise<unknown> {
    return this.instance.value('select status from documents where id = $1', [id]);
  }
}

/** Puts the clocks of processes at `time` of that day in China; they stand still there. */
export function setClocks(processes: readonly Running[], day: string, time = '12:00:00'): void {
  for (const { app } of processes) {
    vi.spyOn(app.get(Clock, { strict: false }), 'now').mockReturnValue(new Date(`${day}T${time}+08:00`));
  }
}
