import { isUscc } from '../../src/kernel/index.js';
import type { IssuerRequest } from './instance.js';

const CHECK_CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** An issuer that does not exist, with a tax id that is well-formed. */
export function inventedIssuer(index: number): IssuerRequest {
  const body = `91440300MBXBNC${String(index).padStart(3, '0')}`;
  const taxId = Array.from(CHECK_CHARACTERS, (check) => body + check).find((text) => isUscc(text));
  if (taxId === undefined) {
    throw new Error(`No check character fits ${body}`);
  }
  return {
    name: `深圳市示例量测第${index}有限公司`,
    taxId,
    regionCode: '440300',
    taxBureau: '国家税务总局示例市税务局(虚构)',
    domain: `issuer-${index}.bench.example.invalid`,
    mandate: 'sample',
  };
}
