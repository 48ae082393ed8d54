import type { IssuerProfile } from '../identity/index.js';
import type { Tx } from '../platform/database/index.js';
import type { Burden } from './property-register.repository.js';
import type { OpenCertificate } from './register-documents.js';
import type { UnitNumber } from './unit-number.js';

/** Where an act happens: nothing of the unit changes while it does. */
export type ActPlace = {
  readonly tx: Tx;
  readonly profile: IssuerProfile;
  readonly issuerId: string;
  readonly now: Date;
  /** The day in China. */
  readonly today: string;
};

/** A unit whose page of the book is held open. */
export type LockedUnit = ActPlace & { readonly unitNo: UnitNumber };

/** A locked unit with its current certificate and what burdens it today. */
export type OpenUnit = LockedUnit & {
  readonly certificate: OpenCertificate;
  readonly burdens: readonly Burden[];
};
