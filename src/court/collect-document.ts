import { Injectable } from '@nestjs/common';
import { DocumentKinds, ReadDocuments, StampDocument } from '../documents/index.js';
import { AssembleEvidence, type Evidence } from '../evidence/index.js';
import { to0x } from '../kernel/index.js';
import { Settings } from '../platform/config/index.js';
import { addressBytes, canonicalJson, formatCaip10, unsaltData, type EvidenceBundle } from '../proof/index.js';
import { VerifyDocument } from '../verification/index.js';
import type { CollectedDocument, PackedFile } from './court-package.js';

/** Gathers what is stored of a document, and verifies it as anybody would who holds its file. */
@Injectable()
export class CollectDocument {
  constructor(
    private readonly assemble: AssembleEvidence,
    private readonly read: ReadDocuments,
    private readonly stamp: StampDocument,
    private readonly verify: VerifyDocument,
    private readonly kinds: DocumentKinds,
    private readonly settings: Settings,
  ) {}

  /** `place`: which one of the package it is, from 1. Throws `DocumentNotFound`, `RenderingFailed`, `SealBroken`. */
  async execute(issuerId: string, id: string, place: number): Promise<CollectedDocument> {
    const evidence = await this.assemble.execute(issuerId, id);
    const { document, opened, progress } = evidence;
    const bundle = progress.stage === 'rendering' ? null : progress.bundle;
    const pdfs = await this.pdfsOf(issuerId, id);
    const held = pdfs.at(-1);
    const { title } = await this.kinds.get(document.kind);
    return {
      folder: `documents/${String(place).padStart(3, '0')}_${document.number.replaceAll(/[^\p{L}\p{N}()（）._-]/gu, '_')}`,
      number: document.number,
      title,
      issuer: opened.profile.issuer.name,
      issuedAt: document.issuedAt,
      docId: to0x(document.docId),
      documentAddress: formatCaip10({ chainId: this.settings.chainId, address: document.documentAddress }),
      leaf: bundle?.leaf ?? null,
      files: [...pdfs, ...recordsOf(evidence, bundle)],
      report: await this.verify.execute(
        held === undefined ? { address: addressBytes(document.documentAddress) } : { pdf: held.bytes },
      ),
      anchors: bundle === null ? [] : [bundle, ...bundle.events].flatMap(({ anchors }) => anchors ?? []),
    };
  }

  /** As issued, then with its stamp; neither while the document is still to be drawn. */
  private async pdfsOf(issuerId: string, id: string): Promise<PackedFile[]> {
    const issued = await this.read.issuedFile(issuerId, id);
    if (issued === null) {
      return [];
    }
    const anchored = await this.stamp.execute(issuerId, id);
    return [
      { name: 'issued.pdf', bytes: issued.pdf },
      ...('pdf' in anchored ? [{ name: 'anchored.pdf', bytes: anchored.pdf }] : []),
    ];
  }
}

function recordsOf({ opened, events }: Evidence, bundle: EvidenceBundle | null): PackedFile[] {
  const history = events.map(({ seq, type, at, leaf, previousLeaf }) => {
    const data = bundle?.events[seq]?.data;
    const said = data === undefined ? {} : (unsaltData(data) as { payload?: unknown });
    return {
      ...{ seq, type, at: at.toISOString() },
      leaf: leaf === null ? null : to0x(leaf),
      previousLeaf: previousLeaf === null ? null : to0x(previousLeaf),
      ...(said.payload === undefined ? {} : { payload: said.payload }),
    };
  });
  return [
    { name: 'content.json', bytes: Buffer.from(canonicalJson(opened.core)) },
    { name: 'events.json', bytes: jsonFile(history) },
    ...(bundle === null ? [] : [{ name: 'evidence.json', bytes: jsonFile(bundle) }]),
  ];
}

export function jsonFile(value: unknown): Buffer {
  return Buffer.from(
    `${JSON.stringify(value, (_key, each: unknown) => (typeof each === 'bigint' ? each.toString() : each), 2)}\n`,
  );
}
