import type { ConsultedTables } from '../documents/index.js';
import { plateLetters, type PlateLetterRole } from './plate-number.js';
import type { Report } from './receipt-report.js';

const NAMES: Readonly<Record<PlateLetterRole, string>> = {
  province: 'no province of vehicle plates',
  'new-energy': 'no letter of new-energy plates',
};

/** Reports each letter of a well-shaped plate that was not given out on `day` (`YYYY-MM-DD`, in China). */
export function checkPlate(plate: string, day: string, tables: ConsultedTables, report: (...said: Said) => void): void {
  const table = tables.table('plate-letters');
  for (const { letter, role } of plateLetters(plate) ?? []) {
    if (table.find(letter, day)?.data['role'] !== role) {
      report(`plate-${role}-not-in-force`, `"${letter}" is ${NAMES[role]} on ${day}; see the table plate-letters.`);
    }
  }
}

type Said = readonly [rule: Parameters<Report>[1], message: string];
