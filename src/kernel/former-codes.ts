/**
 * What GBK and GB 18030 kept at private code points, U+E815 to U+E864, until Unicode had it (GB 18030-2000, 2005 and 2022, double
 * bytes FE50 to FEA0). Registers and input methods of those years still send these codes: 䶮 in a name as U+E863.
 */
const FIRST = 0xe815;
const PRESENT = Array.from(
  '⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻',
);

/** The character that has a code of its own now; none for any other private code, which may mean anything. */
export function presentCharacter(privateCode: number): string | undefined {
  return PRESENT[privateCode - FIRST];
}
