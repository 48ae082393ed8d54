import { inReadingOrder } from './field-names.js';
import type { CoreData, CoreValue, Primitive } from '../../../src/proof/index.js';

/** One line that a document says: a primitive, or a list of nothing else such as coordinates. */
export type FieldRow = { readonly path: string; readonly text: string };

/** All that it says, in the order in which people read it. */
export function fieldRows(core: CoreData): readonly FieldRow[] {
  const rows = Object.entries(core).flatMap(([key, value]) => rowsOf(key, value));
  return rows.sort((one, other) => inReadingOrder(one.path, other.path));
}

function rowsOf(path: string, value: CoreValue): FieldRow[] {
  if (typeof value !== 'object' || value === null) {
    return [{ path, text: String(value) }];
  }
  if (isPlain(value)) {
    return [{ path, text: plainText(value) }];
  }
  return Object.entries(value).flatMap(([key, part]) => rowsOf(`${path}.${key}`, part));
}

type PlainList = readonly (Primitive | PlainList)[];

function isPlain(value: unknown): value is PlainList {
  return Array.isArray(value) && value.every((part) => typeof part !== 'object' || part === null || isPlain(part));
}

function plainText(list: PlainList): string {
  const isOfLists = list.some((part) => Array.isArray(part));
  return list.map((part) => (isPlain(part) ? plainText(part) : String(part))).join(isOfLists ? '; ' : ', ');
}

/** What of `rows` lies at or below the path. */
export function rowsBelow(rows: readonly FieldRow[], path: string): readonly FieldRow[] {
  return rows.filter((row) => row.path === path || row.path.startsWith(`${path}.`));
}

/** The fewest paths that stand for all of `hidden`: one for a container of which nothing is left. */
export function fewestPaths(rows: readonly FieldRow[], hidden: ReadonlySet<string>): readonly string[] {
  const highest = [...hidden].map((path) => {
    const parts = path.split('.');
    const above = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
    return above.find((prefix) => rowsBelow(rows, prefix).every((row) => hidden.has(row.path))) ?? path;
  });
  return [...new Set(highest)];
}

/** Texts shorter than this stand in others by chance. */
const SHORTEST_REPEATED = 4;

/** Fields that are shown and repeat what is hidden, as a QR text repeats the number. */
export function repeatedIn(rows: readonly FieldRow[], hidden: ReadonlySet<string>): readonly string[] {
  const texts = rows.filter(({ path, text }) => hidden.has(path) && text.length >= SHORTEST_REPEATED);
  return rows
    .filter(({ path, text }) => !hidden.has(path) && texts.some((other) => text.includes(other.text)))
    .map(({ path }) => path);
}

/** What every document of a kind says, `*` for each element; the kinds of receipts say the same. */
const ALWAYS: Readonly<Record<string, string>> = {
  'invoice.vat':
    'title number issuedAt taxBureau seller seller.name buyer buyer.name lines lines.*.itemName lines.*.amount lines.*.tax totals totals.amount totals.tax totals.withTax totals.withTaxInWords drawer mandate',
  'certificate.property':
    'title number issuedAt registeredAt reason unitNo registerPlace owners owners.*.name owners.*.idNo coOwnership situated rightType rightNature use area location registerAuthority mandate',
  'certificate.property-proof':
    'title number issuedAt registeredAt reason proves unitNo registerPlace certificate holders holders.*.name obligors obligors.*.name situated location registerAuthority mandate',
  receipt:
    'title code number checkCode issuedAt invoicingParty payer payer.name items items.*.name items.*.amount totals totals.amount handlingPerson checker mandate',
};

/**
 * Which fields are known to be hidden: those that every document of the kind has and this one does not show, and gaps in
 * lists. Of what some documents have and others have not nobody can tell.
 */
export function knownHidden(core: CoreData): readonly string[] {
  const kind = typeof core['kind'] === 'string' ? core['kind'] : '';
  const always = ALWAYS[kind] ?? (kind.startsWith('receipt.') ? ALWAYS['receipt'] : undefined) ?? '';
  const rows = fieldRows(core);
  const expected = always.split(' ').flatMap((path) => (path === '' ? [] : eachOf(path, core)));
  const missing = expected.filter((path) => rowsBelow(rows, path).length === 0);
  return [...missing, ...gapsIn(core)].filter(
    (path, _, all) => !all.some((other) => other !== path && path.startsWith(`${other}.`)),
  );
}

function eachOf(path: string, core: CoreData): readonly string[] {
  const [list = '', field] = path.split('.*.');
  return field === undefined ? [path] : Object.keys(core[list] ?? {}).map((place) => `${list}.${place}.${field}`);
}

/** A list that lost an element is keyed by the places of those that are left. */
function gapsIn(core: CoreData): readonly string[] {
  return Object.entries(core).flatMap(([key, value]) => {
    const places = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
    const isList = places.length > 0 && places.every((place) => /^\d+$/.test(place));
    const length = isList ? Math.max(...places.map(Number)) : 0;
    return Array.from({ length }, (_, place) => String(place))
      .filter((place) => !places.includes(place))
      .map((place) => `${key}.${place}`);
  });
}
