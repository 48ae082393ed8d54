import type { Found } from './found.js';

/** What a document says of itself that a clerk looks for; empty where it says nothing. Unproven but for the verdict. */
export type Stated = {
  readonly issuer: string;
  readonly number: string;
  /** Yuan with two decimals, tax included. */
  readonly amount: string;
  /** `YYYY-MM-DD`, in the time of its issuer. */
  readonly issuedOn: string;
};

export function statedIn({ examination: { coreData, issuer } }: Found): Stated {
  const { number, issuedAt, totals } = (coreData ?? {}) as Readonly<Record<string, unknown>>;
  const { withTax, amount } = (totals ?? {}) as Readonly<Record<string, unknown>>;
  return {
    issuer: issuer?.name ?? '',
    number: textOf(number),
    amount: textOf(withTax) || textOf(amount),
    issuedOn: textOf(issuedAt).slice(0, 10),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The sum of amounts, in yuan with two decimals. What is no amount does not count. */
export function sumOf(amounts: readonly string[]): string {
  const cents = amounts
    .filter((amount) => /^-?\d+\.\d\d$/.test(amount))
    .reduce((sum, amount) => sum + BigInt(amount.replace('.', '')), 0n);
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
