import type { Issuer } from '../identity/index.js';
import { normaliseText, toChinaTime, toHalfWidth } from '../kernel/index.js';
import type { DocumentLink, EncumbranceNote, Mandate, PropertyCertificate, RegisterAct } from './certificate.js';
import type { PropertyEntry } from './property-entry.js';
import { registeredElicenceId, registeredQrText } from './registered-numbering.js';

/** What the issuer's record contributes. */
export type CertificateIssuer = Pick<Issuer, 'name' | 'taxId'> & { readonly mandate: Mandate };

/** A certificate but for what follows from its number and time, which are fixed inside the issuing transaction. */
export type PreparedCertificate = Omit<PropertyCertificate, 'number' | 'issuedAt' | 'elicenceId' | 'qrText'>;

/** What a certificate mirrors and where it comes from. The entry MUST have passed `checkEntry`. */
export type CertificateContent = {
  readonly entry: PropertyEntry;
  readonly act: RegisterAct;
  readonly encumbrances?: readonly EncumbranceNote[];
  readonly supersedes?: DocumentLink;
};

export function prepareCertificate(content: CertificateContent, issuer: CertificateIssuer): PreparedCertificate {
  const { entry, act, encumbrances = [], supersedes } = content;
  return {
    kind: 'certificate.property',
    version: '1',
    title: '不动产权证书（电子）',
    ...act,
    ...entry,
    ...(encumbrances.length > 0 && { encumbrances }),
    ...(supersedes !== undefined && { supersedes }),
    registerAuthority: { name: issuer.name, code: issuer.taxId },
    mandate: issuer.mandate,
  };
}

/** Gives a prepared certificate its number and time (whole seconds, in China), and what states both. */
export function completeCertificate(
  prepared: PreparedCertificate,
  number: string,
  issuedAt: Date,
): PropertyCertificate {
  const { code } = prepared.registerAuthority;
  return {
    ...prepared,
    number,
    issuedAt: toChinaTime(issuedAt),
    elicenceId: registeredElicenceId(number, code),
    qrText: registeredQrText({ ...prepared, number, authorityCode: code }),
  };
}

/** Reads the act of a validated request; `today` stands for a day of registration that is not given. */
export function readAct(
  { businessNo, reason, registeredAt }: { businessNo: string; reason: string; registeredAt?: string | undefined },
  today: string,
): RegisterAct {
  return {
    businessNo: toHalfWidth(businessNo),
    reason: normaliseText(reason),
    registeredAt: registeredAt ?? today,
  };
}

/** The entry a certificate mirrors, without what belongs to the act and the document. */
export function entryOf(certificate: PropertyCertificate): PropertyEntry {
  const { unitNo, registerPlace, owners, coOwnership, holder, situated, rightType, rightNature, use } = certificate;
  const { area, useTerms, otherStatus, notes, location } = certificate;
  return {
    unitNo,
    registerPlace,
    owners,
    coOwnership,
    ...(holder !== undefined && { holder }),
    situated,
    rightType,
    rightNature,
    use,
    area,
    ...(useTerms !== undefined && { useTerms }),
    ...(otherStatus !== undefined && { otherStatus }),
    ...(notes !== undefined && { notes }),
    location,
  };
}
