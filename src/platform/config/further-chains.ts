import type { SettingDescription } from './setting.js';

/** A chain besides the first, as the environment tells it. */
export type FurtherChain = {
  readonly chainId: number;
  readonly rpcUrls: readonly string[];
  readonly name?: string;
  readonly confirmations?: number;
  readonly maxFeeGwei?: number;
  /** Instant with offset. */
  readonly since?: string;
};

const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isUrl = (value: unknown): boolean =>
  typeof value === 'string' && URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);

/** What each field must be, in words that complete "FURTHER_CHAINS …". */
const FIELDS: Readonly<Record<keyof FurtherChain, readonly [holds: (value: unknown) => boolean, must: string]>> = {
  chainId: [isWhole, 'a whole number'],
  rpcUrls: [(value) => Array.isArray(value) && value.length > 0 && value.every(isUrl), 'a list of http(s) URLs'],
  name: [(value) => typeof value === 'string', 'text'],
  confirmations: [isWhole, 'a whole number'],
  maxFeeGwei: [isWhole, 'a whole number'],
  since: [
    (value) => typeof value === 'string' && /T.*(Z|[+-]\d\d:\d\d)$/.test(value) && !Number.isNaN(Date.parse(value)),
    'an instant with its offset',
  ],
};
const REQUIRED = ['chainId', 'rpcUrls'];

/** Reads the JSON list of `FURTHER_CHAINS`. Never repeats a URL, which may hold a key. */
export const furtherChains: Pick<SettingDescription, 'parse' | 'format'> = {
  format: 'JSON list of chains',
  parse: (text) => {
    const chains = parseList(text);
    const ids = chains.map(({ chainId }) => chainId);
    if (new Set(ids).size !== ids.length) {
      throw new Error('names a chain twice');
    }
    return chains;
  },
};

function parseList(text: string): FurtherChain[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Error('must be JSON');
  }
  if (!Array.isArray(list)) {
    throw new Error('must be a list');
  }
  return list.map((entry, index) => parseChain(entry, index + 1));
}

function parseChain(entry: unknown, position: number): FurtherChain {
  if (typeof entry !== 'object' || entry === null) {
    throw new Error(`entry ${position} must be an object`);
  }
  const missing = REQUIRED.find((name) => !(name in entry));
  if (missing !== undefined) {
    throw new Error(`entry ${position} lacks "${missing}"`);
  }
  for (const [name, value] of Object.entries(entry)) {
    const field = Object.entries(FIELDS).find(([known]) => known === name)?.[1];
    if (field === undefined) {
      throw new Error(`entry ${position} has an unknown field "${name}"`);
    }
    if (!field[0](value)) {
      throw new Error(`"${name}" of entry ${position} must be ${field[1]}`);
    }
  }
  return entry as FurtherChain;
}
