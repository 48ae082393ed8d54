import { readFile } from 'node:fs/promises';
import { resolveTxt } from 'node:dns/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  believedStatusLists,
  firstKnowing,
  isIssuerList,
  issuersByDomain,
  listedIssuers,
  readCertificate,
  txtOverHttps,
  type IssuerDirectory,
  type ListedIssuer,
  type StatusLists,
  type TxtRecords,
} from '../../src/proof/index.js';
import { isWebAddress, UsageError, type Options } from './options.js';

const unzip = promisify(gunzip);

/** The certificates in these files, DER; PEM files may hold several. Throws `UsageError` for what is none. */
export async function readAuthorities(files: readonly string[]): Promise<Uint8Array[]> {
  const found = await Promise.all(files.map(async (file) => certificatesIn(await readNamed(file), file)));
  return found.flat();
}

const PEM = /-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----/g;

function certificatesIn(bytes: Buffer, file: string): Uint8Array[] {
  const pem = [...bytes.toString('latin1').matchAll(PEM)].map(([, body = '']) => Buffer.from(body, 'base64'));
  const certificates = pem.length > 0 ? pem : [bytes];
  try {
    return certificates.map((der) => readCertificate(Uint8Array.from(der)).der);
  } catch {
    throw new UsageError(`${file} is not a certificate in PEM or DER.`);
  }
}

/**
 * Who is behind a store: first the lists that were named, then the issuer's domain, by the resolvers that were named or the
 * system's own. Offline the lists alone.
 */
export async function directoryOf({
  issuerFiles,
  resolvers,
  isOffline,
  timeoutMs,
}: Options): Promise<IssuerDirectory | undefined> {
  const lists = await Promise.all(issuerFiles.map(readIssuers));
  const listed = lists.length === 0 ? [] : [listedIssuers(lists.flat())];
  const byDomain = isOffline ? [] : [issuersByDomain(recordsBy(resolvers, timeoutMs))];
  const directories = [...listed, ...byDomain];
  return directories.length === 0 ? undefined : firstKnowing(...directories);
}

async function readIssuers(file: string): Promise<ListedIssuer[]> {
  const list = jsonIn(await readNamed(file));
  if (!isIssuerList(list)) {
    throw new UsageError(
      `${file} is not a list of issuers: [{"store": "0x…", "name": "…", "domain": "…", "chainId": "eip155:…"}].`,
    );
  }
  return list;
}

/** Resolvers that were named must all say the same: one alone could name any store as the domain's. */
function recordsBy(resolvers: readonly string[], timeoutMs: number): TxtRecords {
  const asking = resolvers.map((url) => txtOverHttps(url, { fetch: globalThis.fetch, timeoutMs }));
  if (asking.length === 0) {
    return systemRecords;
  }
  return async (domain) => {
    const [first = [], ...others] = await Promise.all(asking.map(async (ask) => [...(await ask(domain))].sort()));
    if (others.some((records) => JSON.stringify(records) !== JSON.stringify(first))) {
      throw new Error('The resolvers disagree');
    }
    return first;
  };
}

const NO_RECORDS: ReadonlySet<unknown> = new Set(['ENOTFOUND', 'ENODATA']);

async function systemRecords(domain: string): Promise<string[]> {
  try {
    return (await resolveTxt(domain)).map((pieces) => pieces.join(''));
  } catch (error) {
    if (NO_RECORDS.has((error as { code?: unknown }).code)) {
      return [];
    }
    throw error;
  }
}

const LARGEST_LIST = 4 * 1024 * 1024;

/**
 * Status lists from files and web addresses. The files are read now; what is elsewhere is fetched at the first question.
 * Throws `UsageError` for a file that cannot be read.
 */
export async function statusListsOf(
  { statusLists, timeoutMs }: Options,
  authorities: readonly Uint8Array[],
  now: Date,
): Promise<((issuerName: string) => StatusLists) | undefined> {
  if (statusLists.length === 0) {
    return undefined;
  }
  const tokens = new Map<string, Promise<string>>();
  for (const file of statusLists.filter((place) => !isWebAddress(place))) {
    tokens.set(file, Promise.resolve((await readNamed(file)).toString('latin1').trim()));
  }
  const tokenAt = (place: string): Promise<string> => {
    const token = tokens.get(place) ?? fetchToken(place, timeoutMs);
    tokens.set(place, token);
    return token;
  };
  return believedStatusLists({
    authorities,
    now,
    subtle: globalThis.crypto.subtle,
    gunzip: (compressed, limit) => unzip(compressed, { maxOutputLength: limit }),
    tokensOf: () => Promise.all(statusLists.map((place) => tokenAt(place).catch(() => ''))),
  });
}

async function fetchToken(place: string, timeoutMs: number): Promise<string> {
  const response = await fetch(place, { signal: AbortSignal.timeout(timeoutMs) });
  const text = response.ok ? await response.text() : '';
  return text.length <= LARGEST_LIST ? text.trim() : '';
}

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}

async function readNamed(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch {
    throw new UsageError(`${file} cannot be read.`);
  }
}
