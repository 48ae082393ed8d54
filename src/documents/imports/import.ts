import type { Brand, FieldError } from '../../kernel/index.js';
import type { IssuedDocument } from '../document.js';

export type ImportId = Brand<string, 'ImportId'>;

/** `all-or-nothing`: one wrong row refuses them all, before any number is used. `per-row`: each row stands for itself. */
export const IMPORT_MODES = ['all-or-nothing', 'per-row'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export const IMPORT_STATES = ['queued', 'checking', 'issuing', 'done', 'refused'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

/** The only ways an import moves. */
const NEXT_STATES = {
  queued: ['checking', 'issuing'],
  checking: ['issuing', 'refused'],
  issuing: ['done'],
  done: [],
  refused: [],
} as const satisfies Record<ImportState, readonly ImportState[]>;

/** Many requests of one kind, sent at once and issued by a worker. */
export type Import = {
  readonly issuerId: string;
  readonly id: ImportId;
  readonly kind: string;
  readonly mode: ImportMode;
  readonly state: ImportState;
  /** Rows; blank lines are none. */
  readonly total: number;
  readonly issued: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
};

/** An import as the worker needs it. */
export type OpenImport = Import & {
  /** The first line that is still to be issued. */
  readonly nextLine: number;
  /** When all rows of an `all-or-nothing` import were found right. */
  readonly checkedAt: Date | null;
  readonly wrappedSecret: Uint8Array;
};

/** One row as it waits; `line` counts from 1 in what was sent. */
export type ImportRow = { readonly line: number; readonly bytes: Uint8Array };
export type WrongRow = { readonly line: number; readonly errors: readonly FieldError[] };

/** What became of a row. */
export type SettledRow = WrongRow | { readonly line: number; readonly document: IssuedDocument };

export function isFinished({ state }: Pick<Import, 'state'>): boolean {
  return NEXT_STATES[state].length === 0;
}

/** Throws when the import may not move so: a mistake of ours. */
export function movedTo<Moving extends Import>(moving: Moving, state: ImportState): Moving {
  const allowed: readonly ImportState[] = NEXT_STATES[moving.state];
  if (!allowed.includes(state)) {
    throw new Error(`An import cannot go from ${moving.state} to ${state}`);
  }
  return { ...moving, state };
}
