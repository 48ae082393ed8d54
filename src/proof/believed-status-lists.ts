import { readCertificate, signerNameOf } from './certificate.js';
import type { StatusLists } from './status-by-list.js';
import { openStatusList, type StatusList, type StatusListTools } from './status-list-credential.js';
import { chainFrom, leadsTo } from './verify-signature.js';

/** Where signed lists come from, and who may have signed them. */
export type StatusListSource = Pick<StatusListTools, 'gunzip' | 'subtle'> & {
  /** The signed list of this id, as it is served; undefined when there is none at hand. MAY throw. */
  readonly tokenOf: (id: string) => Promise<string | undefined> | string | undefined;
  /** DER. */
  readonly authorities: readonly Uint8Array[];
  readonly now: Date;
};

/**
 * Lists for a verifier without a register: a list is believed when it was signed with a certificate of a trusted authority
 * that names the issuer of the document. Nobody else can say with such a certificate what his documents are worth.
 */
export function believedStatusLists(source: StatusListSource): (issuerName: string) => StatusLists {
  const opened = new Map<string, Promise<StatusList | undefined>>();
  const find = (id: string, issuerName: string): Promise<StatusList | undefined> => {
    const key = `${id} ${issuerName}`;
    const list = opened.get(key) ?? open(id, issuerName, source);
    opened.set(key, list);
    return list;
  };
  return (issuerName) => ({ find: (id) => find(id, issuerName), now: source.now });
}

async function open(id: string, issuerName: string, source: StatusListSource): Promise<StatusList | undefined> {
  const { subtle, gunzip, authorities } = source;
  const token = await source.tokenOf(id);
  if (token === undefined) {
    return undefined;
  }
  return openStatusList(token, {
    subtle,
    gunzip,
    isBelieved: async ([own, ...others]) => {
      const leaf = readCertificate(own ?? new Uint8Array());
      const above = others.map((der) => readCertificate(der));
      const chain = await chainFrom(subtle, { leaf, others: above, known: authorities });
      return signerNameOf(leaf) === issuerName && chain !== null && leadsTo(subtle, chain, authorities);
    },
  });
}
