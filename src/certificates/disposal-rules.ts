import { NoticeBlocks, Seized, TransferForbidden } from './certificates.errors.js';
import type { Burden, BurdenKind } from './property-register.repository.js';

type Burdens = readonly Burden[];

export function activeOf(burdens: Burdens, kind: BurdenKind): Burden[] {
  return burdens.filter((burden) => burden.kind === kind && burden.state === 'active');
}

/** A seizure stands before everything else that may be in the way. */
export function requireNotSeized(burdens: Burdens): void {
  if (activeOf(burdens, 'seizure').length > 0) {
    throw new Seized();
  }
}

/** Disposal of a unit: a seizure forbids it, an advance notice too unless its holder consents. */
export function requireDisposable(burdens: Burdens, noticeHolderConsent: string | undefined): void {
  requireNotSeized(burdens);
  if (noticeHolderConsent === undefined && activeOf(burdens, 'notice').length > 0) {
    throw new NoticeBlocks();
  }
}

/** A mortgaged unit may be transferred with its mortgages, unless the parties agreed otherwise and had it noted. */
export function requireTransferable(burdens: Burdens, noticeHolderConsent: string | undefined): void {
  requireDisposable(burdens, noticeHolderConsent);
  if (activeOf(burdens, 'mortgage').some(({ forbidsTransfer }) => forbidsTransfer)) {
    throw new TransferForbidden();
  }
}
