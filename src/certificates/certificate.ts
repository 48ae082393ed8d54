import type { PropertyEntry, PropertyParty, Detail, PropertyLocation } from './property-entry.js';
import type { UnitNumber } from './unit-number.js';

/** 登记机构: the issuer. */
export type RegisterAuthority = { readonly name: string; readonly code: string };

/** A certificate or proof that this one stands in for, or stands beside. */
export type DocumentLink = { readonly number: string; readonly documentAddress: string };

/** A burden that was on the unit when the certificate was issued, in rank order. */
export type EncumbranceNote = { readonly type: string; readonly proofNumber: string };

/** What every registered document says of the act it comes from. */
export type RegisterAct = {
  readonly businessNo: string;
  /** 登记原因: 首次登记, 转移登记(买卖), … */
  readonly reason: string;
  /** 登记日期, `YYYY-MM-DD`. */
  readonly registeredAt: string;
};

export type Mandate = 'sample' | 'state';

/**
 * The core data of a 不动产权证书, kind `certificate.property`. These very keys are hashed: renaming one is a new
 * `version`.
 */
export type PropertyCertificate = PropertyEntry &
  RegisterAct & {
    readonly kind: 'certificate.property';
    readonly version: '1';
    readonly title: string;
    readonly number: string;
    /** Instant with the issuer's offset. */
    readonly issuedAt: string;
    readonly encumbrances?: readonly EncumbranceNote[];
    /** The certificate this one replaces. */
    readonly supersedes?: DocumentLink;
    readonly registerAuthority: RegisterAuthority;
    /** 电子证照标识. */
    readonly elicenceId: string;
    readonly qrText: string;
    readonly mandate: Mandate;
  };

/** What a 登记证明 proves. */
export type ProvedRight = 'mortgage' | 'maximum-mortgage' | 'easement' | 'notice' | 'objection';

/** The core data of a 不动产登记证明, kind `certificate.property-proof`. */
export type PropertyProof = RegisterAct & {
  readonly kind: 'certificate.property-proof';
  readonly version: '1';
  readonly title: string;
  readonly number: string;
  readonly issuedAt: string;
  readonly proves: ProvedRight;
  /** 证明权利或事项 as printed. */
  readonly provedRight: string;
  readonly unitNo: UnitNumber;
  readonly registerPlace: string;
  /** The certificate of the unit at the time. */
  readonly certificate: DocumentLink;
  /** 权利人（申请人） and 义务人. */
  readonly holders: readonly PropertyParty[];
  readonly obligors: readonly PropertyParty[];
  readonly situated: string;
  /** 顺位 of a mortgage. */
  readonly rank?: string;
  /** The day an objection lapses without a suit. */
  readonly lapsesAt?: string;
  /** 其他. */
  readonly details?: readonly Detail[];
  readonly notes?: string;
  readonly location: Pick<PropertyLocation, 'crs' | 'point'>;
  readonly registerAuthority: RegisterAuthority;
  readonly elicenceId: string;
  readonly qrText: string;
  readonly mandate: Mandate;
};
