import { examine, firstKnowing, type Examination, type ExaminationTools, type Exhibit } from '../../src/proof/index.js';
import type { ListsState } from './found.js';
import { askForList, askForPlace } from './service.js';
import { issuersByList, listTools } from './status-lists.js';

type Looked = { readonly examination: Examination; readonly lists: ListsState };
/** The lists that the visitor has, and whose certificates are believed. */
type Held = { readonly held: readonly string[]; readonly authorities: readonly Uint8Array[] };
type LookAgain = (exhibit: Exhibit, address: string) => Promise<Looked>;

/** Looks with the lists where they could tell something, and the visitor allows it. */
export async function withLists(
  exhibit: Exhibit,
  { first, lookAgain, isAlone }: { first: Examination; lookAgain: LookAgain | null; isAlone: boolean },
): Promise<Looked> {
  const { documentAddress, verdict } = first;
  if (isAlone || documentAddress === null || verdict !== 'cannot-tell' || !first.facts.some(isOpen)) {
    return { examination: first, lists: 'not-needed' };
  }
  return lookAgain === null ? { examination: first, lists: 'not-allowed' } : lookAgain(exhibit, documentAddress);
}

const OPEN: ReadonlySet<string> = new Set([
  'status.unreachable',
  'status.disagreement',
  'status.not-asked',
  'status.chain-not-known',
  'status.list-stale',
  'status.list-place-unproven',
  'issuer.not-checked',
]);

function isOpen({ code }: Examination['facts'][number]): boolean {
  return OPEN.has(code);
}

/** The same tools with lists that the service is asked for, each once, beside those held. They also tell whose a store is. */
export function secondLook(tools: ExaminationTools, { held, authorities }: Held): LookAgain {
  const tokens = new Map<string, Promise<string | undefined>>();
  const tokensOf = async (id: string): Promise<readonly string[]> => {
    const token = tokens.get(id) ?? askForList(id);
    tokens.set(id, token);
    const given = await token;
    return given === undefined ? held : [...held, given];
  };
  const { statusLists } = listTools({ tokensOf, authorities });
  return async (exhibit, address) => {
    const place = statusLists === undefined ? null : await askForPlace(address);
    if (statusLists === undefined || place === null) {
      return { examination: await examine(exhibit, tools), lists: 'silent' };
    }
    const byList = issuersByList(statusLists);
    const issuers = tools.issuers === undefined ? byList : firstKnowing(tools.issuers, byList);
    const examination = await examine({ ...exhibit, statusPlace: place }, { ...tools, statusLists, issuers });
    const given = await Promise.all(tokens.values());
    return { examination, lists: given.some((token) => token !== undefined) ? 'asked' : 'silent' };
  };
}
