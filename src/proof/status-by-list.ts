import type { DocumentUnderTest } from './document-under-test.js';
import {
  LISTED_AS_ENDED,
  LISTED_ENDS,
  parseStatusListId,
  placeInLists,
  STATUS_SIZE,
  statusAt,
  type StatusEntry,
  type StatusMessage,
  type StatusPurpose,
} from './status-list.js';
import { statusListUrl, type StatusList } from './status-list-credential.js';
import { fails, holds, unknown, type Fact } from './verdict.js';

/** What a verifier brings along to ask lists instead of the chain. */
export type StatusLists = {
  /** All that it has of an id, in any order. Gives opened lists alone (`openStatusList`). MAY throw: it is then as if there were none. */
  readonly find: (id: string) => Promise<readonly StatusList[]> | readonly StatusList[];
  readonly now: Date;
};

/** A document to ask lists about. */
export type ListedDocument = {
  /** Of the issuer; a list of another one is not asked. */
  readonly store: string;
  readonly entries: readonly StatusEntry[];
};

/**
 * What the lists say of one document; undefined when they cannot be asked. An end is for good: a list that is too old still
 * tells it, and so does an older one beside a newer. That a document is in force only a list says that is valid now, and the
 * fact tells how old it is.
 */
export async function statusByList(document: ListedDocument, lists: StatusLists): Promise<Fact | undefined> {
  const revocations = await look(document, 'revocation', lists);
  const message = (await look(document, 'message', lists)).find(tellsEnd);
  if (message !== undefined) {
    return fails('status', LISTED_ENDS[message.value] ?? LISTED_AS_ENDED, detailOf(message.list, lists.now));
  }
  const revocation = revocations.find(tellsEnd);
  if (revocation !== undefined) {
    return fails('status', LISTED_AS_ENDED, detailOf(revocation.list, lists.now));
  }
  const inForce = revocations.find(({ list }) => isInForce(list, lists.now));
  if (inForce !== undefined) {
    return holds('status', 'by-list', detailOf(inForce.list, lists.now));
  }
  const [newest] = revocations;
  return newest && unknown('status', 'list-stale', detailOf(newest.list, lists.now));
}

const tellsEnd = ({ value }: Found): boolean => value > 0;

function isInForce({ validFrom, validUntil }: StatusList, now: Date): boolean {
  return now >= validFrom && now <= validUntil;
}

/** Where a document stands that has the number `statusIndex` with its issuer. `baseUrl` is where the lists are served. */
export function statusEntries(baseUrl: string, store: string, statusIndex: number): StatusEntry[] {
  const { number, position } = placeInLists(statusIndex);
  const entry = (statusPurpose: StatusPurpose): StatusEntry => ({
    type: 'BitstringStatusListEntry',
    statusPurpose,
    statusListIndex: String(position),
    statusListCredential: statusListUrl(baseUrl, { store, purpose: statusPurpose, number }),
  });
  return [
    entry('revocation'),
    { ...entry('message'), statusSize: STATUS_SIZE.message, statusMessage: STATUS_MESSAGES },
  ];
}

/** One for each value that four bits can have, as the standard wants it. */
const STATUS_MESSAGES: readonly StatusMessage[] = Array.from({ length: 2 ** STATUS_SIZE.message }, (_, value) => ({
  status: `0x${value.toString(16)}`,
  message: LISTED_ENDS[value] ?? 'reserved',
}));

/** The same for many at once, in their order: what all have in common is asked for once. */
export async function statusesByList(
  documents: readonly ListedDocument[],
  lists: StatusLists,
): Promise<(Fact | undefined)[]> {
  const found = new Map<string, ReturnType<StatusLists['find']>>();
  const find: StatusLists['find'] = (id) => {
    const known = found.get(id) ?? lists.find(id);
    found.set(id, known);
    return known;
  };
  return Promise.all(documents.map((document) => statusByList(document, { ...lists, find })));
}

/** As `statusByList`, for the document of a bundle. */
export function listedStatusOf(
  { store, bundle }: Pick<DocumentUnderTest, 'store' | 'bundle'>,
  lists: StatusLists | undefined,
): Promise<Fact | undefined> {
  const entries = bundle.credentialStatus ?? [];
  return lists === undefined ? Promise.resolve(undefined) : statusByList({ store, entries }, lists);
}

type Found = { readonly list: StatusList; readonly value: number };

/** What each list of this purpose says of the document, the newest first. */
async function look(
  { store, entries }: ListedDocument,
  purpose: StatusPurpose,
  { find }: StatusLists,
): Promise<readonly Found[]> {
  const entry = entries.find(({ statusPurpose }) => statusPurpose === purpose);
  const id = entry?.statusListCredential.split('/').at(-1) ?? '';
  const name = parseStatusListId(id);
  if (entry === undefined || name?.purpose !== purpose || name.store !== store.toLowerCase()) {
    return [];
  }
  try {
    const position = Number(entry.statusListIndex);
    const found = (await find(id)).map((list) => ({ list, value: statusAt(list.bits, purpose, position) }));
    return found.sort((one, other) => other.list.validFrom.getTime() - one.list.validFrom.getTime());
  } catch {
    // Whatever kept us from reading the lists, they tell nothing.
    return [];
  }
}

function detailOf({ validFrom, validUntil }: StatusList, now: Date): Readonly<Record<string, string>> {
  const age = Math.max(0, Math.floor((now.getTime() - validFrom.getTime()) / 1_000));
  return { listedAt: validFrom.toISOString(), validUntil: validUntil.toISOString(), ageSeconds: String(age) };
}
