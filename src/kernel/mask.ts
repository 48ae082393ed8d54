/**
 * What an anonymous reader of a public page may see (PIPL: the least that is needed). Companies' names and USCC are not
 * personal information and are shown in full; everything here is about people.
 */

/** `欧阳示禅` → `欧***`. */
export function maskName(name: string): string {
  const [first = '', ...rest] = Array.from(name);
  return first + '*'.repeat(rest.length);
}

/** `11010519491231002X` → `110***********002X`; shown only when the document itself was presented. */
export function maskCitizenId(id: string): string {
  return keepEnds(id, 3, 4);
}

/** `13800008000` → `138****8000`. */
export function maskMobile(mobile: string): string {
  return keepEnds(mobile, 3, 4);
}

/** First four and last four characters. */
export function maskBankAccount(account: string): string {
  return keepEnds(account, 4, 4);
}

/** Down to district level: `湖南省娄底市娄星区****`. A part that is not surely a district is left out. */
export function maskAddress(address: string): string {
  const match = /^(.{2,6}?(?:省|自治区|特别行政区))?(.{2,6}?(?:市|自治州|地区|盟|新区))?(.*)$/su.exec(address);
  const district = districtOf(match?.[3] ?? '');
  return `${match?.[1] ?? ''}${match?.[2] ?? ''}${district}****`;
}

function districtOf(rest: string): string {
  const district = /^[^\d\s路街巷弄号村楼栋幢座]{1,7}?[区县旗市]/u.exec(rest)?.[0] ?? '';
  return /大道|[小社园院厂校]区$/u.test(district) ? '' : district;
}

function keepEnds(text: string, head: number, tail: number): string {
  const characters = Array.from(text);
  if (characters.length <= head + tail) {
    return '*'.repeat(characters.length);
  }
  const hidden = '*'.repeat(characters.length - head - tail);
  return characters.slice(0, head).join('') + hidden + characters.slice(-tail).join('');
}
