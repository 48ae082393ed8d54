import { readFileSync } from 'node:fs';

type StoredState = {
  readonly accounts: Readonly<Record<string, { readonly nonce: number }>>;
  readonly transactions: readonly { readonly info: { readonly from: string } }[];
};

/**
 * Whether a file that anvil wrote its state into is the state of one moment. anvil writes in place, so a crash leaves half a
 * file; and it makes blocks while it writes, so that accounts may have sent what no block of the file holds. No real chain
 * comes back like that: a root would be in the store for good, by no transaction, with no event.
 */
export function isWholeState(file: string): boolean {
  const state = parsed(readFileSync(file, 'utf8'));
  const sent = new Map<string, number>();
  for (const { info } of state?.transactions ?? []) {
    sent.set(info.from, (sent.get(info.from) ?? 0) + 1);
  }
  return state !== null && [...sent].every(([from, count]) => state.accounts[from]?.nonce === count);
}

function parsed(text: string): StoredState | null {
  try {
    return JSON.parse(text) as StoredState;
  } catch {
    return null;
  }
}
