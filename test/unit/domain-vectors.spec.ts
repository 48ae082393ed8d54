import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { normaliseCertificateNumber, parseCertificateNumber } from '../../src/certificates/certificate-number.js';
import { normaliseUnitNumber, unitNumberProblem } from '../../src/certificates/unit-number.js';
import { SampleReferenceTables } from '../../src/documents/index.js';
import { readBlockchainQrUrl } from '../../src/invoices/blockchain-qr-url.js';
import { InvoiceAllowances, InvoiceKind } from '../../src/invoices/index.js';
import { isInvoiceCode } from '../../src/invoices/legacy-number.js';
import { checkRedLetter, type RedTerms } from '../../src/invoices/red-letter-rules.js';
import { parseShudianNumber } from '../../src/invoices/shudian-number.js';
import { readVatQrText } from '../../src/invoices/vat-qr-text.js';
import { hasMod37Check36 } from '../../src/kernel/iso7064.js';
import {
  citizenIdProblem,
  formatAmount,
  isInChinaBox,
  isUscc,
  maskAddress,
  maskCitizenId,
  maskName,
  normaliseCode,
  parseAmount,
  parseDecimal,
  parseElicenceId,
  rmbCapital,
  rmbParse,
  roundDecimal,
  type LonLat,
} from '../../src/kernel/index.js';
import { isOrganisationCode, usccWarnings } from '../../src/kernel/uscc.js';
import { isFiscalBillCode, isFiscalBillNumber, isFiscalCheckCode } from '../../src/receipts/fiscal-codes.js';
import { invoiceRequest, lineRequest } from '../support/invoice-request.js';
import { CountingIds, fineOf, issuerCalled, kindCalled, problemsOf } from '../support/receipts.js';
import { domainGroups, domainVectors, type DomainGroup, type DomainVector } from '../vectors/domain.js';

/** What the product makes of an input: whether it takes it, or what it writes for it. */
type Answer = boolean | string;
type Validator = (input: never, vector: DomainVector<never>) => Answer;

/** Whether a fine of these particulars is issued, as far as `field` is concerned. */
const fineTakes = (field: string, value: string): boolean => {
  const body = fineOf(1, { [field]: value });
  const problems = problemsOf(body, 'traffic', kindCalled(body.kind));
  return !problems.some((problem) => problem.startsWith(`particulars.${field} `));
};

const invoices = new InvoiceKind(new SampleReferenceTables(), new CountingIds(), new InvoiceAllowances());
/** What keeps an invoice from being issued, by field. */
const invoiceProblems = (body: unknown): readonly string[] => {
  const parsed = invoices.parse(body);
  const judged = parsed.ok
    ? invoices.judge(parsed.value, issuerCalled('tingtao'), new Date('2026-03-05T02:30:00Z'))
    : parsed;
  return judged.ok ? [] : judged.errors.map(({ field }) => field);
};

type Line = Record<'amount' | 'taxRate' | 'tax', string> & Record<'quantity' | 'unitPrice', string | null>;
type Totals = Record<'totalAmount' | 'totalTax' | 'totalWithTax', string> &
  Record<'amounts' | 'taxes', string[]> & { rates?: string[] };

function invoiceOf({ amounts, taxes, rates, totalAmount, totalTax, totalWithTax }: Totals): unknown {
  // The case of three lines is goods, their discount and a service.
  const rateOf = (index: number) => rates?.[index] ?? (amounts.length === 3 && index === 2 ? '0.06' : '0.13');
  const lines = amounts.map((amount, index) => ({
    ...lineRequest({ amount, tax: taxes[index] ?? '', taxRate: rateOf(index) }),
    ...(amount.startsWith('-') && { nature: 'discount' as const }),
  }));
  return invoiceRequest({ lines, totals: { amount: totalAmount, tax: totalTax, withTax: totalWithTax } });
}

type Red = RedTerms & Record<'blueNet' | 'blueTax' | 'blueQty' | 'redAmount' | 'redTax' | 'redQty', string>;

function takesRed({ blueNet, blueTax, blueQty, redAmount, redTax, redQty, ...terms }: Red): boolean {
  const of = (amount: string, tax: string, quantity: string) => ({
    ...{ line: 1, amount: parseAmount(amount), tax: parseAmount(tax), quantity: parseDecimal(quantity) },
  });
  const blue = { ...of(blueNet, blueTax, blueQty), taxRate: '0.13' };
  return checkRedLetter(terms, [blue], [of(redAmount, redTax, redQty)]).length === 0;
}

const MASKS: Readonly<Record<string, (text: string) => string>> = {
  name: maskName,
  citizenId: maskCitizenId,
  address: maskAddress,
};

/** Which real validator each group of the published vectors passes through. */
const VALIDATORS: Readonly<Partial<Record<DomainGroup, Validator>>> = {
  // A warning, such as for a region that does not exist, is enough not to be wholly right.
  uscc: (input: string) => isUscc(input) && usccWarnings(input).length === 0,
  orgCode: (input: string) => isOrganisationCode(input),
  citizenId: (input: string) => citizenIdProblem(input, '2026-11-22') === null,
  elicenceId: (input: string) => parseElicenceId(normaliseCode(input)) !== null,
  iso7064_mod37_36: (input: string) => hasMod37Check36(input),
  shudianNumber: (input: string) => parseShudianNumber(input) !== null,
  legacyInvoiceCode: (input: string) => isInvoiceCode(input),
  invoiceQr: (input: string) => readVatQrText(input)?.checksum === 'matches',
  invoiceQrUrl: (input: string, { parsed }) => {
    const reading = readBlockchainQrUrl(input);
    return reading !== null && reading.number === parsed?.number && Number(reading.totalFen) === parsed.totalFen;
  },
  fiscalBillCode: (input: string) => isFiscalBillCode(input),
  fiscalBillNumber: (input: string) => isFiscalBillNumber(input),
  fiscalCheckCode: (input: string) => isFiscalCheckCode(input),
  plate: (input: string) => fineTakes('plateNo', input),
  punishmentDecisionNo: (input: string) => fineTakes('decisionNo', input),
  unitNo: (input: string) => unitNumberProblem(normaliseUnitNumber(input)) === null,
  certNo: (input: string) => parseCertificateNumber(normaliseCertificateNumber(input))?.kind === 'certificate',
  rmbCapital: (input: string) => rmbCapital(roundDecimal(parseDecimal(input), 2)),
  rmbParse: (input: string) => {
    const fen = rmbParse(input);
    return fen === null ? false : formatAmount(fen);
  },
  invoiceLine: ({ quantity, unitPrice, ...rest }: Line) => {
    const both = { ...(quantity !== null && { quantity }), ...(unitPrice !== null && { unitPrice }) };
    return invoiceProblems(invoiceRequest({ lines: [{ ...lineRequest(), ...rest, ...both }] })).length === 0;
  },
  invoiceTotals: (input: Totals) => invoiceProblems(invoiceOf(input)).length === 0,
  redInvoice: takesRed,
  mask: ({ kind, value }: { kind: string; value: string }) => MASKS[kind]?.(value) ?? false,
  taxClassCode: (input: string) => {
    const problems = invoiceProblems(invoiceRequest({ lines: [lineRequest({ taxClassCode: input })] }));
    return !problems.includes('lines[0].taxClassCode');
  },
  lonLatCN: (input: LonLat) => isInChinaBox(input),
};

/** Groups about parts that are not built yet: they fall due with the first file of the folder. */
const NOT_BUILT: Readonly<Partial<Record<DomainGroup, string>>> = { claimTransition: 'src/reimbursement' };

describe('the published cases of the domain', () => {
  it('are all passed through a validator, group by group', () => {
    const missing = domainGroups().filter((group) => !(group in VALIDATORS) && !(group in NOT_BUILT));
    expect(missing).toEqual([]);
    expect(domainGroups().every((group) => domainVectors(group).length > 0)).toBe(true);
    expect(Object.keys(VALIDATORS).filter((group) => group in NOT_BUILT)).toEqual([]);
  });

  it('are left out only while what they are about does not exist', () => {
    expect(Object.values(NOT_BUILT).filter((folder) => existsSync(folder))).toEqual([]);
  });

  describe.each(Object.entries(VALIDATORS) as [DomainGroup, Validator][])('%s', (group, validate) => {
    it.each(domainVectors(group))('$input: $why', (vector) => {
      const { input, valid, expected } = vector;
      expect(validate(input, vector)).toBe(valid ? (expected ?? true) : false);
    });
  });
});
