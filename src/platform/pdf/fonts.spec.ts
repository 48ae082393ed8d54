import { describe, expect, it, vi } from 'vitest';
import { documentFont, face, faceOf, undrawableCharacters, widthOfText } from './fonts.js';
import { describeCharacter } from './pdf.errors.js';

/** What 通用规范汉字表 has beyond the Basic Multilingual Plane; the other 7,909 of its characters are in the two blocks below. */
const STANDARD_CHARACTERS =
  '𬉼𠳐𥻗𠙶𬣙𨙸𬇕𬣞𬘓𫭟𫭢𫇭𫐄𫵷𣲘𣲗𬇙𬣡𫸩𨚕𫘜𬘘𫘝𦭜𬨂𬀩𬀪𬬩𫍣𬣳𬩽𬮿𬯀𫰛𬳵𬳶𫠊𬍛𬜬𦰡𪾢𪨰𫓧𬬮𬬱𬬭𦙶𬘡𬳽𬘩𫄧𪟝𬍤𫭼𬜯𬂩𫠆𨐈𬌗𫑡𪨶𬬸𬬻𬬹𬬿𬭁' +
  '𫢸𫗧𬊈𬒈𨺙𬳿𫄨𬘫𫮃𬱖𬟽𫓯𫟹𫟼𠅤𬇹𬍡𬤇𫍯𬤊𫍲𬯎𬘬𬘭𬴂𫘦𫟅𬘯𫘧𪣻𡎚𬃊𬷕𫐐𬹼𧿹𫶇𫖮𬭊𨱇𫓶𬭎𫖯𬱟𫛭𫷷𬮱𬊤𣸣𬴃𫘨𤧛𬪩𬒔𬨎𫐓𫫇𫓹𬭚𬭛𬕂𬶋𬶍𦝼𫔶𫌀' +
  '𫖳𫘪𫘬𫞩𡐓𪤗𣗋𬸘𬒗𥔲𫚖𨱏𬭤𫚕𬶐𬶏𩽾𬸚𬤝𬙂𬭩𩾃𬸣𫍽𬴊𬞟𥕢𫟦𬺈𫠜𪩘𬭬𨱑𬭯𫗴𬸦𫄷𤩽𬭳𬭶𫔍𬭸𨱔𬭼𫔎𬸪𬶟𬶠𬶨𦈡𫄸𬟁𥖨𦒍𬙊𬶭𩾌𨟠𬶮𨭉𬙋𤫉𬺓𫚭';

const block = (first: number, last: number): string =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');

describe('undrawableCharacters', () => {
  it('lets all of the table of standard characters pass (通用规范汉字表), and all of the blocks it lies in', () => {
    expect(Array.from(STANDARD_CHARACTERS)).toHaveLength(196);
    expect(undrawableCharacters(STANDARD_CHARACTERS)).toEqual([]);
    expect(undrawableCharacters(block(0x4e00, 0x9fff) + block(0x3400, 0x4dbf))).toEqual([]);
  });

  it.each([
    ['a title', '电子发票（普通发票）'],
    ['signs', '¥-4955.75 ⊗ ㎡ ℃ № Ⅷ'],
    ['letters of others', 'é Ω カ'],
    ['lines', '两行\n备注'],
    ['a wide space', '全　角'],
    ['names with rare characters that the first face draws', '王𠅤 㛃 䶮 𬭎 𫖯 𬀪 𬴊 𫗧 𬭚 𬱖 㸃 堃 燚 龘 靐'],
    ['names with rare characters that a further face draws', '𠮷野家 𠀋 𠮟 𡋾 𠝹'],
  ])('lets %s pass', (_, text) => {
    expect(undrawableCharacters(text)).toEqual([]);
  });

  it('names each character that cannot be printed once, in the order of the text', () => {
    expect(undrawableCharacters('丁😀가𪚥𠮷\u{e863}😀')).toEqual(['😀', '가', '𪚥', '\u{e863}']);
  });

  it.each([
    ['a variation selector', '葛\u{e0100}'],
    ['a joiner', 'a\u200db'],
    ['a control character', 'a\tb'],
    ['a combining mark', 'e\u0301'],
    ['a lone surrogate', '\ud800'],
    ['an unassigned code point', '\u0378'],
    ['a flag', '🇨🇳'],
    ['a right-to-left override', '\u202e'],
  ])('refuses %s', (_, text) => {
    expect(undrawableCharacters(text)).not.toEqual([]);
  });

  it('tells an invisible character by its number', () => {
    expect(['𠮷', '\u200d'].map(describeCharacter)).toEqual(['𠮷 (U+20BB7)', 'U+200D']);
  });
});

describe('the faces of documents', () => {
  it('are asked one after the other', () => {
    const { glyphOf } = documentFont();
    const facesOf = (text: string): number[] =>
      Array.from(text, (character) => faceOf(glyphOf(character.codePointAt(0) ?? 0)));
    expect(facesOf('张𬭎𡋾𠮷')).toEqual([0, 0, 1, 2]);
    expect(glyphOf('𪚥'.codePointAt(0) ?? 0)).toBe(0);
  });

  it('are opened once in a process', () => {
    expect(documentFont()).toBe(documentFont());
    expect(face(1)).toBe(face(1));
  });

  it('answer the same in whichever order they were opened', async () => {
    const anew = async (text: string): Promise<Map<string, readonly number[]>> => {
      vi.resetModules();
      const { documentFont: font } = await import('./fonts.js');
      const { glyphOf, advanceOf } = font();
      return new Map(
        Array.from(text, (character) => {
          const codePoint = character.codePointAt(0) ?? 0;
          return [character, [advanceOf(codePoint), glyphOf(codePoint)]] as const;
        }),
      );
    };
    const rareLast = await anew('张A𡋾𠮷𪚥');
    const rareFirst = await anew('𪚥𠮷𡋾A张');
    expect(new Map([...rareFirst].reverse())).toEqual(rareLast);
  });
});

it('measures Chinese characters as squares, in each face', () => {
  expect(widthOfText('电子发票', 10)).toBe(40);
  expect(widthOfText('𡋾𠮷', 10)).toBe(20);
});
