import type { DomainError, FieldError } from '../kernel/index.js';
import type { Issuer } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import type { UnsignedPdf } from '../platform/signing/index.js';
import type { CoreData } from '../proof/index.js';
import type { Drawing, RenderContext } from './drawing/index.js';
import type { LifeCycle } from './life-cycle.js';
import type { ExpectedFact, LookUp } from './look-up.js';

/** One line of what anybody may know of a document; already masked. */
export type PublicFact = {
  readonly label: { readonly zh: string; readonly en: string };
  readonly value: string;
};

/**
 * Who is told of a document. `knows-paper`: somebody who named its number and every fact that its kind asks for, as who holds the
 * paper can; such a person may read more of what the paper says than one who only has the address.
 */
export type Reader = 'anybody' | 'knows-paper';

/** Numbers run gapless within a series; a kind decides what its series are. */
export type NumberedSeries = {
  readonly series: string;
  readonly format: (serial: bigint) => string;
  /** Other issuers number under it too. Serials are then drawn in ranges that no two issuers share, gapless within each. */
  readonly isShared?: true;
};

/** A request read from JSON, or what is wrong with its shape. */
export type Parsed<Request> =
  { readonly ok: true; readonly value: Request } | { readonly ok: false; readonly errors: readonly FieldError[] };

/** What the rules say of a request: what to issue, or each broken rule with the field concerned. */
export type Judgement<Prepared> =
  { readonly ok: true; readonly prepared: Prepared } | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * A family of documents, plugged into the common road. All but `admit` is pure; storing, numbering, hashing, anchoring and
 * serving are the same for every kind.
 */
export abstract class DocumentKind<Request = unknown, Prepared = unknown> {
  /** `invoice.vat`; stored with each document and never changed. */
  abstract readonly name: string;
  abstract readonly title: { readonly zh: string; readonly en: string };
  abstract readonly lifeCycle: LifeCycle;
  /** What the form for those who have a number and no file asks. */
  abstract readonly lookUp: LookUp;

  /** Reads a request that did not come through a controller of its own. */
  abstract parse(body: unknown): Parsed<Request>;
  /** The caller's own reference, when the request carries one: a row of an import is issued once for it. */
  abstract referenceOf(request: Request): string | undefined;

  /** Applies the business rules, and makes all that does not depend on the number, before the number is taken. */
  abstract judge(request: Request, issuer: Issuer, now: Date): Judgement<Prepared>;
  /**
   * The last word, in the issuing transaction and under the lock of the series, about what only the database can tell: for
   * each of `prepared` null, or why it may not be issued. MUST take no more than one statement while all may.
   */
  admit(_tx: Tx, _issuer: Issuer, _at: Date, prepared: readonly Prepared[]): Promise<readonly (DomainError | null)[]> {
    return Promise.resolve(prepared.map(() => null));
  }

  abstract seriesFor(prepared: Prepared, issuer: Issuer, issuedAt: Date): NumberedSeries;
  abstract complete(prepared: Prepared, number: string, issuedAt: Date): CoreData;

  /** What is drawn of a document. MUST be a function of the core data. */
  abstract drawing(core: CoreData): Drawing;

  /** The PDF, complete but for its signature, drawn here and now. The same input gives the same bytes. */
  render(core: CoreData, context: RenderContext): UnsignedPdf {
    const { renderer, content } = this.drawing(core);
    return renderer.render(content, context);
  }

  /** Kinds that mask alike for every reader leave `reader` out. */
  abstract publicFacts(core: CoreData, reader?: Reader): readonly PublicFact[];

  /** What a stranger has to know of this very document, besides its number, to be told of it: at least two facts. */
  abstract expectedFacts(core: CoreData): readonly ExpectedFact[];
}

/** Kinds that come and go while processes run, because an operator registers them. */
export interface FurtherKinds {
  /** Null when there is none of this name. Inside a transaction it MUST be asked through it: a second connection may not come. */
  find(name: string, tx?: Tx): Promise<DocumentKind | null>;
  names(): Promise<readonly string[]>;
}

/** All kinds this installation knows: those that are built in, then those that were registered. */
export class DocumentKinds {
  private readonly byName: ReadonlyMap<string, DocumentKind>;

  constructor(
    kinds: readonly DocumentKind[],
    private readonly further?: FurtherKinds,
  ) {
    this.byName = new Map(kinds.map((kind) => [kind.name, kind]));
  }

  /** Null when nobody knows a kind of this name. Who holds a transaction gives it. */
  async find(name: string, tx?: Tx): Promise<DocumentKind | null> {
    return this.byName.get(name) ?? (await this.further?.find(name, tx)) ?? null;
  }

  /** Throws when a stored document is of a kind that this version does not know: an operator's mistake. */
  async get(name: string, tx?: Tx): Promise<DocumentKind> {
    const kind = await this.find(name, tx);
    if (kind === null) {
      throw new Error(`No document kind is called ${name}`);
    }
    return kind;
  }

  async names(): Promise<readonly string[]> {
    return [...this.byName.keys(), ...((await this.further?.names()) ?? [])];
  }
}
