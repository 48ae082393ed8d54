import type { FieldError } from '../kernel/index.js';
import type { Issuer } from '../identity/index.js';
import type { CoreData } from '../proof/index.js';

/** What the drawing of a document needs besides its core data. */
export type RenderContext = {
  readonly docId: string;
  /** CAIP-10: `eip155:<chain id>:<address>`. */
  readonly documentAddress: string;
  readonly verifyUrl: string;
  readonly networkName: string;
  /** The salted core data as JSON, to be attached to the PDF. */
  readonly attachment: { readonly name: string; readonly bytes: Uint8Array };
};

/** One line of what anybody may know of a document; already masked. */
export type PublicFact = {
  readonly key: string;
  readonly label: { readonly zh: string; readonly en: string };
  readonly value: string;
};

/** Numbers run gapless within a series; a kind decides what its series are. */
export type NumberedSeries = { readonly series: string; readonly format: (serial: bigint) => string };

/**
 * A family of documents, plugged into the common road. Everything here is pure; storing, numbering, hashing, anchoring and
 * serving are the same for every kind.
 */
export abstract class DocumentKind<Request = unknown, Prepared = unknown> {
  /** `invoice.vat`; stored with each document and never changed. */
  abstract readonly name: string;
  abstract readonly title: { readonly zh: string; readonly en: string };

  /** Business rules that the shape of the request cannot tell; each broken one is named. */
  abstract check(request: Request, issuer: Issuer, now: Date): readonly FieldError[];
  /** All that depends on neither number nor time, made before the number is taken. */
  abstract prepare(request: Request, issuer: Issuer): Prepared;
  abstract seriesFor(prepared: Prepared, issuer: Issuer, issuedAt: Date): NumberedSeries;
  abstract complete(prepared: Prepared, number: string, issuedAt: Date): CoreData;

  /** The issued PDF. MUST be a function of its arguments: the same input gives the same bytes. */
  abstract render(core: CoreData, context: RenderContext): Promise<Uint8Array>;
  abstract publicFacts(core: CoreData): readonly PublicFact[];
}

/** All kinds this installation knows. */
export class DocumentKinds {
  private readonly byName: ReadonlyMap<string, DocumentKind>;

  constructor(kinds: readonly DocumentKind[]) {
    this.byName = new Map(kinds.map((kind) => [kind.name, kind]));
  }

  /** Throws when a stored document is of a kind that this version does not know: an operator's mistake. */
  get(name: string): DocumentKind {
    const kind = this.byName.get(name);
    if (kind === undefined) {
      throw new Error(`No document kind is called ${name}`);
    }
    return kind;
  }

  names(): readonly string[] {
    return [...this.byName.keys()];
  }
}
