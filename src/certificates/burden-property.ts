import { Injectable } from '@nestjs/common';
import type { IssuedDocument } from '../documents/index.js';
import { normaliseText, parseAmount, toHalfWidth } from '../kernel/index.js';
import { InvalidRequest } from '../platform/http/index.js';
import { readAct } from './certificate.canonical.js';
import { ObjectionPending } from './certificates.errors.js';
import { activeOf, requireDisposable } from './disposal-rules.js';
import { NoticeTerms } from './notice-terms.js';
import type { Detail } from './property-entry.js';
import { ProveBurden } from './prove-burden.js';
import { readDetails, readParty } from './read-entry.js';
import type { MortgagePropertyDto, RegisterNoticeDto, RegisterObjectionDto } from './register-acts.dto.js';
import { RegisterBook, type ActCommand } from './register-book.js';
import { printedDate } from './registered.pdf.words.js';
import { WorkingDays } from './working-days.js';

/** 申请人自异议登记之日起十五日内不提起诉讼的，异议登记失效 (民法典 220). */
const OBJECTION_DAYS = 15;

/** 抵押, 预告, 异议: what is proved to its holder and stays on the unit. */
@Injectable()
export class BurdenProperty {
  constructor(
    private readonly book: RegisterBook,
    private readonly prove: ProveBurden,
    private readonly days: WorkingDays,
    private readonly terms: NoticeTerms,
  ) {}

  /** Ranks follow the order of registration; the sums may exceed the value. Throws `Seized`, `NoticeBlocks`. */
  async mortgage(command: ActCommand<MortgagePropertyDto>): Promise<IssuedDocument> {
    const { request } = command;
    checkMortgage(request);
    return this.book.act('mortgage', command, (unit) => {
      requireDisposable(unit.burdens, request.noticeHolderConsent);
      return this.prove.execute(unit, {
        kind: 'mortgage',
        event: 'mortgaged',
        fieldNames: { holders: 'mortgagees', [SCOPE_VALUE]: 'scope' },
        forbidsTransfer: request.forbidsTransfer ?? false,
        proof: {
          proves: request.kind === 'maximum' ? 'maximum-mortgage' : 'mortgage',
          act: readAct(request, unit.today),
          holders: request.mortgagees.map(readParty),
          details: mortgageDetails(request),
          ...(request.notes !== undefined && { notes: normaliseText(request.notes) }),
        },
      });
    });
  }

  /**
   * Blocks disposal from then on, unless its holder consents. It lapses when nothing is registered within 90 days of the
   * day that becomes possible; while that day is unknown it stands. Throws `InvalidRequest`, `Seized`, `NoticeBlocks`.
   */
  notice(command: ActCommand<RegisterNoticeDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('notice', command, (unit) => {
      requireDisposable(unit.burdens, request.noticeHolderConsent);
      const { registrableFrom } = request;
      const lapsesOn = registrableFrom === undefined ? undefined : this.terms.lastDay(registrableFrom, unit.today);
      return this.prove.execute(unit, {
        kind: 'notice',
        event: 'notice-registered',
        fieldNames: { holders: 'applicants' },
        ...(lapsesOn !== undefined && { lapsesOn }),
        proof: {
          proves: 'notice',
          act: readAct(request, unit.today),
          holders: request.applicants.map(readParty),
          details: [...readDetails(request.details ?? []), ...termDetails(registrableFrom, lapsesOn)],
          ...(request.notes !== undefined && { notes: normaliseText(request.notes) }),
        },
      });
    });
  }

  /** Warns whoever looks, and lapses by itself unless a suit is entered. Throws `InvalidRequest`, `ObjectionPending`. */
  objection(command: ActCommand<RegisterObjectionDto>): Promise<IssuedDocument> {
    const { request } = command;
    return this.book.act('objection', command, (unit) => {
      if (activeOf(unit.burdens, 'objection').length > 0) {
        throw new ObjectionPending();
      }
      const act = readAct(request, unit.today);
      const lapsesOn = this.days.endOfTerm(act.registeredAt, OBJECTION_DAYS);
      requireNotOver(lapsesOn, unit.today);
      return this.prove.execute(unit, {
        kind: 'objection',
        event: 'objection-registered',
        fieldNames: { holders: 'applicants' },
        lapsesOn,
        proof: {
          proves: 'objection',
          act,
          holders: request.applicants.map(readParty),
          lapsesAt: lapsesOn,
          notes: normaliseText(request.notes),
        },
      });
    });
  }
}

function requireNotOver(lapsesOn: string, today: string): void {
  if (lapsesOn < today) {
    const message = `An objection of that day lapsed on ${lapsesOn}: give a later day, or leave it out.`;
    throw new InvalidRequest([{ field: 'registeredAt', code: 'certificates.term-passed', message }]);
  }
}

function termDetails(registrableFrom: string | undefined, lapsesOn: string | undefined): Detail[] {
  return registrableFrom === undefined || lapsesOn === undefined
    ? []
    : [
        { name: '能够进行不动产登记之日', value: printedDate(registrableFrom) },
        { name: '预告登记有效期截止日', value: printedDate(lapsesOn) },
      ];
}

function checkMortgage({ securedAmount, term }: MortgagePropertyDto): void {
  const errors = [
    ...(parseAmount(securedAmount) > 0n
      ? []
      : [{ field: 'securedAmount', code: 'certificates.amount-not-positive', message: 'Give more than 0.00.' }]),
    ...(term.from <= term.to
      ? []
      : [
          {
            field: 'term.to',
            code: 'certificates.term-ends-before-start',
            message: 'The term ends before it starts.',
          },
        ]),
  ];
  if (errors.length > 0) {
    throw new InvalidRequest(errors);
  }
}

/** Where `mortgageDetails` puts the scope. */
const SCOPE_VALUE = 'details[3].value';

function mortgageDetails({ kind, securedAmount, term, scope, forbidsTransfer }: MortgagePropertyDto): Detail[] {
  const isMaximum = kind === 'maximum';
  return [
    { name: '抵押方式', value: isMaximum ? '最高额抵押' : '一般抵押' },
    { name: isMaximum ? '最高债权额' : '担保债权的数额', value: `${toHalfWidth(securedAmount)}元` },
    {
      name: isMaximum ? '债权确定期间' : '债务履行期限',
      value: `${printedDate(term.from)}起${printedDate(term.to)}止`,
    },
    ...(scope === undefined ? [] : [{ name: '抵押范围', value: normaliseText(scope) }]),
    { name: '是否约定禁止转让', value: forbidsTransfer === true ? '是' : '否' },
  ];
}
