import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import {
  askingOnce,
  examine,
  OFFLINE,
  openChains,
  readBundle,
  type EvidenceBundle,
  type Examination,
  type ExaminationTools,
  type RpcNodeState,
} from '../../src/proof/index.js';
import { duplicatesIn, type Copies } from './duplicates.js';
import type { Options } from './options.js';
import { swiftSubtle } from './swift-subtle.js';
import { pileOf, type PileFile, type Unread } from './pile.js';
import { directoryOf, readAuthorities, statusListsOf } from './trust.js';

/** What became of one file. */
export type Result = Omit<Examination, 'document'> & {
  /** Another file of the pile that is the same document. */
  readonly duplicateOf?: string;
};

/** What became of the pile. */
export type PileSummary = {
  readonly nodes: readonly RpcNodeState[];
  readonly unread: readonly Unread[];
  /** Files of other sorts. */
  readonly passedOver: number;
};

/** Files looked at together: enough for their questions to fill a request to a node, few enough for memory. */
const AT_ONCE = 64;

/** Checks everything that was named, in its order; tells each result as soon as those before it are told. */
export async function checkPile(
  options: Options,
  now: Date,
  tell: (result: Result) => Promise<void> | void,
): Promise<PileSummary> {
  const { tools, nodes } = await toolsFor(options, now);
  const bundles = bundlesIn(options.paths);
  const copies: Copies = duplicatesIn();
  const summary = { nodes, unread: [] as Unread[], passedOver: 0 };
  const waiting: Promise<Examination | Unread>[] = [];
  const tellFirst = async (): Promise<void> => {
    const examined = await waiting.shift();
    if (examined === undefined || 'why' in examined) {
      summary.unread.push(...(examined === undefined ? [] : [examined]));
      return;
    }
    const duplicateOf = copies.firstLike(examined);
    await tell({ ...withoutDocument(examined), ...(duplicateOf !== undefined && { duplicateOf }) });
  };
  for (const item of pileOf(options.paths)) {
    if (item.kind === 'file') {
      waiting.push(examineFile(item.file, bundles, tools));
      await untilAllWait();
    } else if (item.kind === 'unread') {
      summary.unread.push(item.unread);
    } else {
      summary.passedOver += 1;
    }
    if (waiting.length >= AT_ONCE) {
      await tellFirst();
    }
  }
  while (waiting.length > 0) {
    await tellFirst();
  }
  return summary;
}

/**
 * Goes on when every file that was begun waits for somebody else: what its arithmetic leaves behind is then garbage of one file,
 * and not of all that are under way, which would be copied from place to place. Questions are still asked together: no turn of
 * the event loop ends here.
 */
function untilAllWait(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

/** The reader has the file; the facts are what is new to him. */
function withoutDocument({
  name,
  kind,
  verdict,
  facts,
  events,
  documentAddress,
  coreData,
  issuer,
}: Examination): Result {
  return { name, kind, verdict, facts, events, documentAddress, coreData, issuer };
}

async function toolsFor(
  options: Options,
  now: Date,
): Promise<{ readonly tools: ExaminationTools; readonly nodes: readonly RpcNodeState[] }> {
  const { isOffline, timeoutMs } = options;
  const authorities = await readAuthorities(options.authorityFiles);
  const issuers = await directoryOf(options);
  const statusLists = await statusListsOf(options, authorities, now);
  const { chains, nodes } = isOffline
    ? { chains: OFFLINE, nodes: [] }
    : await openChains(options.nodes, { fetch: globalThis.fetch, timeoutMs });
  const tools: ExaminationTools = {
    chains: askingOnce(chains),
    subtle: swiftSubtle,
    sha256: (bytes) => createHash('sha256').update(bytes).digest(),
    inflate: (bytes, limit) => Promise.resolve(inflateSync(bytes, { maxOutputLength: limit })),
    ...(authorities.length > 0 && { trust: { authorities } }),
    ...(issuers !== undefined && { issuers }),
    ...(statusLists !== undefined && { statusLists }),
  };
  return { tools, nodes };
}

type BundlePlaces = ReadonlyMap<string, PileFile>;

async function examineFile(
  file: PileFile,
  bundles: BundlePlaces,
  tools: ExaminationTools,
): Promise<Examination | Unread> {
  const bytes = readOrNothing(file);
  if (bytes === undefined) {
    return { name: file.name, why: 'unreadable' };
  }
  const bundle = bundles.size === 0 ? undefined : bundleOf(bytes, bundles);
  return examine({ name: file.name, bytes, ...(bundle !== undefined && { bundle }) }, tools);
}

/** Undefined for a file that went away, or that may not be read. */
function readOrNothing(file: PileFile): Uint8Array | undefined {
  try {
    return file.read();
  } catch {
    return undefined;
  }
}

function bundleOf(bytes: Uint8Array, bundles: BundlePlaces): EvidenceBundle | undefined {
  const place = bundles.get(createHash('sha256').update(bytes).digest('hex'));
  const found = place && readOrNothing(place);
  return found && readBundle(found);
}

const EVIDENCE = /\.json$/i;

/** Where the evidence of issued PDFs lies in the pile, by the digest of the PDF. */
function bundlesIn(paths: readonly string[]): BundlePlaces {
  const places = new Map<string, PileFile>();
  for (const item of pileOf(paths, EVIDENCE)) {
    if (item.kind === 'file' && EVIDENCE.test(item.file.name)) {
      const bytes = readOrNothing(item.file);
      const bundle = bytes && readBundle(bytes);
      if (bundle !== undefined) {
        places.set(bundle.pdf.sha256, item.file);
      }
    }
  }
  return places;
}
