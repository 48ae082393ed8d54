import { readdirSync } from 'node:fs';
import { completeCertificate, prepareCertificate, readAct } from '../../src/certificates/certificate.canonical.js';
import type { PropertyCertificate, PropertyProof } from '../../src/certificates/certificate.js';
import type { RegisterPropertyRequest } from '../../src/certificates/property.dto.js';
import type { PropertyEntry } from '../../src/certificates/property-entry.js';
import { completeProof, prepareProof, type ProofContent } from '../../src/certificates/property-proof.canonical.js';
import { readEntry } from '../../src/certificates/read-entry.js';
import { readSample } from './invoice-request.js';

/** The register office of `samples/parties.json`. */
const loudi = {
  name: '娄底市示例不动产登记中心(虚构)',
  taxId: '12431300MBXDEM0689',
  mandate: 'sample' as const,
};

const ISSUED_AT = new Date('2026-03-05T02:30:00Z');

export type SampleCertificate = {
  readonly name: string;
  readonly issuer: string;
  /** Which act of the register the request asks for. */
  readonly act: 'first' | 'mortgage' | 'transfer' | 'easement' | 'notice' | 'objection';
  /** The sample whose certificate it is done to. */
  readonly of?: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly expected: {
    readonly numberPattern: string;
    readonly provedRight?: string;
    readonly gaussKruger?: string;
    readonly outOfForce?: string;
  };
};

export function sampleCertificates(): readonly SampleCertificate[] {
  const names = readdirSync(new URL('../../samples/certificates/', import.meta.url)).sort();
  return names.map((name) => ({
    name,
    ...(readSample(`certificates/${name}`) as Omit<SampleCertificate, 'name'>),
  }));
}

/** A request that breaks no rule: a house held by two in shares. */
export function propertyRequest(changes: Partial<RegisterPropertyRequest> = {}): RegisterPropertyRequest {
  const [house] = sampleCertificates();
  return { ...(house?.request as unknown as RegisterPropertyRequest), ...changes };
}

function propertyEntry(changes: Partial<PropertyEntry> = {}): PropertyEntry {
  return { ...readEntry(propertyRequest()), ...changes };
}

export function certificate(
  request: RegisterPropertyRequest = propertyRequest(),
  changes: Partial<PropertyCertificate> = {},
): PropertyCertificate {
  const content = { entry: readEntry(request), act: readAct(request, '2026-03-05') };
  const issued = completeCertificate(
    prepareCertificate(content, loudi),
    '湘(2026)娄底市不动产权第0000123号',
    ISSUED_AT,
  );
  return { ...issued, ...changes };
}

export function proof(changes: Partial<ProofContent> = {}): PropertyProof {
  const content: ProofContent = {
    proves: 'mortgage',
    entry: propertyEntry(),
    act: { businessNo: '202603050011', reason: '抵押权首次登记', registeredAt: '2026-03-05' },
    certificate: {
      number: '湘(2026)娄底市不动产权第0000123号',
      documentAddress: '0x8F3cB2a1De4A0c9B7f61E23D45a7cC90b1F2e3D4',
    },
    holders: [{ name: '示例商业银行股份有限公司南京分行(虚构)', idType: '001', idNo: '91320100MAXDEM099N' }],
    rank: 1,
    details: [
      { name: '抵押方式', value: '一般抵押' },
      { name: '担保债权的数额', value: '650000.00元' },
      { name: '债务履行期限', value: '2026年03月05日起2046年03月04日止' },
      { name: '抵押范围', value: '全部' },
    ],
    ...changes,
  };
  return completeProof(prepareProof(content, loudi), '湘(2026)娄底市不动产证明第0000456号', ISSUED_AT);
}
