import { DomainSilent, type IssuerDirectory, type KnownIssuer } from './chain-reader.js';
import { parseCaip2 } from './document-address.js';

/** An entry of a list of issuers that the verifier trusts. */
export type ListedIssuer = {
  readonly store: string;
  /** CAIP-2; without it the store is the issuer's on every chain, as its address is derived. */
  readonly chainId?: string;
  readonly name: string;
  readonly domain?: string;
};

/** Issuers from a list. */
export function listedIssuers(list: readonly ListedIssuer[]): IssuerDirectory {
  const isFor = (entry: ListedIssuer, store: string, chainId: string): boolean =>
    entry.store.toLowerCase() === store.toLowerCase() && (entry.chainId ?? chainId) === chainId;
  return {
    issuerOf: (store, chainId) => {
      const entry = list.find((one) => isFor(one, store, chainId));
      return Promise.resolve(
        entry && { name: entry.name, ...(entry.domain !== undefined && { domain: entry.domain }) },
      );
    },
  };
}

/** The TXT records of a domain; none when it has none. MAY throw: then it is unknown. */
export type TxtRecords = (domain: string) => Promise<readonly string[]>;

const DOMAIN = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;

/**
 * Issuers by the domain that their documents name: it is theirs when one of its TXT records names the store,
 * `openatts net=ethereum netId=1337 addr=0x…` (OpenAttestation, DNS-TXT). The domain then vouches for the store, and for no
 * name. A domain that names other stores refutes the document; one that names none says nothing.
 */
export function issuersByDomain(txtOf: TxtRecords): IssuerDirectory {
  const asked = new Map<string, Promise<readonly string[]>>();
  const recordsOf = (domain: string): Promise<readonly string[]> => {
    const known = asked.get(domain);
    if (known !== undefined) {
      return known;
    }
    const records = txtOf(domain);
    asked.set(domain, records);
    records.catch(() => asked.delete(domain));
    return records;
  };
  return {
    issuerOf: async (store, chainId, { domain }): Promise<KnownIssuer | undefined> => {
      const records = DOMAIN.test(domain) ? await recordsOf(domain.toLowerCase()) : [];
      const stores = records.flatMap((record) => storeIn(record, parseCaip2(chainId)));
      if (stores.length === 0) {
        throw new DomainSilent(`${domain} names no store on ${chainId}`);
      }
      return stores.includes(store.toLowerCase()) ? { domain } : undefined;
    },
  };
}

/** The store that a record names for the chain: at most one. */
function storeIn(record: string, chainId: number): string[] {
  const [tag, ...pairs] = record.trim().replaceAll('"', '').split(/\s+/);
  const said = new Map(pairs.map((pair) => pair.split('=', 2) as [string, string | undefined]));
  const isOfChain = tag === 'openatts' && said.get('net') === 'ethereum' && said.get('netId') === String(chainId);
  const store = said.get('addr')?.toLowerCase();
  return isOfChain && store !== undefined && /^0x[0-9a-f]{40}$/.test(store) ? [store] : [];
}

type Asking = { readonly fetch: typeof globalThis.fetch; readonly timeoutMs?: number };
const PATIENCE_MS = 10_000;
const TXT = 16;
const NO_SUCH_NAME = 3;

/** TXT records by DNS over HTTPS, in the JSON form that public resolvers share: `https://dns.example/resolve`. */
export function txtOverHttps(resolver: string, { fetch, timeoutMs = PATIENCE_MS }: Asking): TxtRecords {
  return async (domain) => {
    const url = new URL(resolver);
    url.searchParams.set('name', domain);
    url.searchParams.set('type', 'TXT');
    const response = await fetch(url, {
      headers: { accept: 'application/dns-json' },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) {
      throw new Error(`${url.host} answered ${response.status}`);
    }
    const { Status: status, Answer: answers = [] } = (await response.json()) as {
      Status?: unknown;
      Answer?: readonly { readonly type?: unknown; readonly data?: unknown }[];
    };
    if (status !== 0 && status !== NO_SUCH_NAME) {
      throw new Error(`${url.host} could not resolve ${domain}`);
    }
    return answers.flatMap(({ type, data }) => (type === TXT && typeof data === 'string' ? [unquoted(data)] : []));
  };
}

/** A long record comes in quoted pieces, which belong together: `"openatts net=" "ethereum …"`. */
function unquoted(data: string): string {
  return data.replaceAll(/"\s+"/g, '').replaceAll('"', '');
}

/** The first directory that knows the store answers. What one could not tell is told only when none of the others can. */
export function firstKnowing(...directories: readonly IssuerDirectory[]): IssuerDirectory {
  return {
    issuerOf: async (...question): Promise<KnownIssuer | undefined> => {
      let failure: unknown;
      for (const directory of directories) {
        try {
          const known = await directory.issuerOf(...question);
          if (known !== undefined) {
            return known;
          }
        } catch (error) {
          failure ??= error;
        }
      }
      if (failure !== undefined) {
        throw failure as Error;
      }
      return undefined;
    },
  };
}

/** Whether a value is a list that `listedIssuers` takes. */
export function isIssuerList(value: unknown): value is ListedIssuer[] {
  return Array.isArray(value) && value.every(isListedIssuer);
}

function isListedIssuer(entry: unknown): entry is ListedIssuer {
  const { store, name, domain, chainId } = (entry ?? {}) as Record<string, unknown>;
  const isOptional = (value: unknown): boolean => value === undefined || typeof value === 'string';
  return (
    typeof store === 'string' &&
    /^0x[0-9a-f]{40}$/i.test(store) &&
    typeof name === 'string' &&
    isOptional(domain) &&
    isOptional(chainId)
  );
}
