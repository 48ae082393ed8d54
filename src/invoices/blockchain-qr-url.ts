/** What the QR code of a 区块链电子发票 says: a link, not the text of other VAT invoices. */
export type BlockchainQrFields = {
  /** 66 hex digits: `01`, then 32 bytes. Ours are the document’s address and the beginning of its docId. */
  readonly hash: string;
  readonly number: string;
  /** Total with tax, in fen. */
  readonly totalFen: bigint;
};

const LONGEST_URL = 500;

/** `page` is where the link leads, without a query: that of the tax bureau, or ours in the same form. */
export function buildBlockchainQrUrl(page: string, { hash, number, totalFen }: BlockchainQrFields): string {
  return `${page}?hash=${hash}&bill_num=${number}&total_amount=${totalFen}`;
}

const shapes = { hash: /^[0-9a-f]{66}$/i, bill_num: /^\d{8}$/, total_amount: /^-?(?:0|[1-9]\d{0,17})$/ };

/** `null` when the text is no such link; of any host, because cities and installations have their own. */
export function readBlockchainQrUrl(text: string): BlockchainQrFields | null {
  const url = text.length <= LONGEST_URL && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || !url.pathname.endsWith('/verify/scan')) {
    return null;
  }
  const read = (name: keyof typeof shapes): string => url.searchParams.get(name) ?? '';
  const areRight = (Object.keys(shapes) as (keyof typeof shapes)[]).every((name) => shapes[name].test(read(name)));
  return areRight
    ? { hash: read('hash').toLowerCase(), number: read('bill_num'), totalFen: BigInt(read('total_amount')) }
    : null;
}

/** The document's address in a link of ours, `0x` and 40 digits. */
export function addressInQrUrl(hash: string): string {
  return `0x${hash.slice(2, 42)}`;
}
