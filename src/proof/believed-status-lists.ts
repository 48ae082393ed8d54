import { readCertificate, signerNameOf } from './certificate.js';
import type { StatusLists } from './status-by-list.js';
import {
  claimedStatusListId,
  openStatusList,
  type StatusList,
  type StatusListTools,
} from './status-list-credential.js';
import { chainFrom, leadsTo } from './verify-signature.js';

/** Where signed lists come from, and who may have signed them. */
export type StatusListSource = Pick<StatusListTools, 'gunzip' | 'subtle'> & {
  /** Every signed list at hand that may be of this id, as it is served; those of other ids are passed over. MAY throw. */
  readonly tokensOf: (id: string) => Promise<readonly string[]> | readonly string[];
  /** DER. */
  readonly authorities: readonly Uint8Array[];
  readonly now: Date;
};

/**
 * Lists for a verifier without a register: a list is believed when it was signed with a certificate of a trusted authority
 * that names the issuer of the document. Nobody else can say with such a certificate what his documents are worth.
 */
export function believedStatusLists(source: StatusListSource): (issuerName: string) => StatusLists {
  const opened = new Map<string, Promise<readonly StatusList[]>>();
  const find = (id: string, issuerName: string): Promise<readonly StatusList[]> => {
    const key = `${id} ${issuerName}`;
    const lists = opened.get(key) ?? open(id, issuerName, source);
    opened.set(key, lists);
    return lists;
  };
  return (issuerName) => ({ find: (id) => find(id, issuerName), now: source.now });
}

/** One that does not open, or that is not believed, hides no other. Throws why when there are some and none opens. */
async function open(id: string, issuerName: string, source: StatusListSource): Promise<readonly StatusList[]> {
  const tokens = (await source.tokensOf(id)).filter((token) => claimedStatusListId(token) === id);
  const tools = toolsFor(issuerName, source);
  const opening = tokens.map((token) => openStatusList(token, tools));
  const results = await Promise.allSettled(opening);
  const lists = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  return lists.length > 0 ? lists : Promise.all(opening);
}

function toolsFor(issuerName: string, { subtle, gunzip, authorities }: StatusListSource): StatusListTools {
  return {
    subtle,
    gunzip,
    isBelieved: async ([own, ...others]) => {
      const leaf = readCertificate(own ?? new Uint8Array());
      const above = others.map((der) => readCertificate(der));
      const chain = await chainFrom(subtle, { leaf, others: above, known: authorities });
      return signerNameOf(leaf) === issuerName && chain !== null && leadsTo(subtle, chain, authorities);
    },
  };
}
