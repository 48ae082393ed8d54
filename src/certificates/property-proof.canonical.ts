import { toChinaTime } from '../kernel/index.js';
import type { CertificateIssuer } from './certificate.canonical.js';
import type { DocumentLink, PropertyProof, ProvedRight, RegisterAct } from './certificate.js';
import type { Detail, PropertyEntry, PropertyParty } from './property-entry.js';
import { registeredElicenceId, registeredQrText } from './registered-numbering.js';

/** What is to be proved of a unit. */
export type ProofContent = {
  readonly proves: ProvedRight;
  readonly entry: PropertyEntry;
  readonly act: RegisterAct;
  readonly certificate: DocumentLink;
  readonly holders: readonly PropertyParty[];
  /** Left out: the owners. */
  readonly obligors?: readonly PropertyParty[];
  readonly rank?: number;
  readonly lapsesAt?: string;
  readonly details?: readonly Detail[];
  readonly notes?: string;
};

export type PreparedProof = Omit<PropertyProof, 'number' | 'issuedAt' | 'elicenceId' | 'qrText'>;

const provedRights: Readonly<Record<ProvedRight, string>> = {
  mortgage: '抵押权',
  'maximum-mortgage': '抵押权(最高额)',
  easement: '地役权',
  notice: '预告登记',
  objection: '异议登记',
};

export function prepareProof(content: ProofContent, issuer: CertificateIssuer): PreparedProof {
  const { proves, entry, certificate, holders, rank, lapsesAt, details = [], notes } = content;
  const { crs, point } = entry.location;
  return {
    kind: 'certificate.property-proof',
    version: '1',
    title: '不动产登记证明（电子）',
    ...content.act,
    proves,
    provedRight: provedRights[proves],
    unitNo: entry.unitNo,
    registerPlace: entry.registerPlace,
    certificate,
    holders,
    obligors: content.obligors ?? entry.owners.map(withoutShare),
    situated: entry.situated,
    ...(rank !== undefined && { rank: rank.toString() }),
    ...(lapsesAt !== undefined && { lapsesAt }),
    ...(details.length > 0 && { details }),
    ...(notes !== undefined && { notes }),
    location: { crs, point },
    registerAuthority: { name: issuer.name, code: issuer.taxId },
    mandate: issuer.mandate,
  };
}

function withoutShare({ name, idType, idNo }: PropertyParty): PropertyParty {
  return { name, idType, idNo };
}

export function completeProof(prepared: PreparedProof, number: string, issuedAt: Date): PropertyProof {
  const { code } = prepared.registerAuthority;
  return {
    ...prepared,
    number,
    issuedAt: toChinaTime(issuedAt),
    elicenceId: registeredElicenceId(number, code),
    qrText: registeredQrText({ ...prepared, number, authorityCode: code }),
  };
}
