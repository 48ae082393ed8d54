import type { ExpectedFact, LookUp } from '../documents/index.js';
import type { PropertyCertificate, PropertyProof } from './certificate.js';

/** Who holds the paper knows whose it is; the unit number on it cannot be counted up. */
export const CERTIFICATE_LOOK_UP: LookUp = {
  number: [{ name: 'number', label: { zh: '证号', en: 'Certificate number' } }],
  asks: [
    { name: 'holder', label: { zh: '权利人（任一）姓名或名称', en: 'Name of an owner or holder' }, format: 'name' },
    { name: 'unitNo', label: { zh: '不动产单元号', en: 'Property unit number' }, format: 'code' },
  ],
};

export function expectedOfCertificate({ owners, unitNo }: PropertyCertificate): readonly ExpectedFact[] {
  return expected(owners, unitNo);
}

export function expectedOfProof({ holders, unitNo }: PropertyProof): readonly ExpectedFact[] {
  return expected(holders, unitNo);
}

function expected(holders: readonly { readonly name: string }[], unitNo: string): readonly ExpectedFact[] {
  return [
    { name: 'holder', format: 'name', accepted: holders.map(({ name }) => name) },
    { name: 'unitNo', format: 'code', accepted: [unitNo] },
  ];
}
