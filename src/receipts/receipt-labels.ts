import type { CoreData } from '../proof/index.js';
import type { GridField } from './receipt-definition.js';

/** The text of a field of the particulars; empty when there is none. */
export function textOf(particulars: CoreData | undefined, field: string): string {
  const value = particulars?.[field];
  return typeof value === 'string' ? value : '';
}

/** The fields that are there, in the order of the labels. */
export function gridFields(
  particulars: CoreData | undefined,
  labels: readonly (readonly [field: string, label: string, span?: number, print?: (text: string) => string])[],
): readonly GridField[] {
  return labels.flatMap(([field, label, span = 1, print = (text: string) => text]) => {
    const value = textOf(particulars, field);
    return value === '' ? [] : [{ label, value: print(value), span }];
  });
}
