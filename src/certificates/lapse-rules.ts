import { addDays } from '../kernel/index.js';
import type { Burden } from './property-register.repository.js';

/** A burden whose term is over, and the seizure that takes its place. */
export type Lapse = { readonly burden: Burden; readonly lapsedOn: string; readonly next?: Burden };

/**
 * What of a unit's burdens is left on `today`, and what lapsed before, in the order to be recorded in. A function of what
 * was registered and of the day alone: whoever looks first, and however late, finds the same.
 *
 * A burden stands through its last day. When a seizure lapses, the one that waited longest is in effect from the next
 * day on (最高人民法院关于人民法院民事执行中查封、扣押、冻结财产的规定 26, 27; 不动产登记暂行条例实施细则 92), and its
 * own term may be over by `today`, too.
 */
export function lapse(
  burdens: readonly Burden[],
  today: string,
): { readonly inForce: readonly Burden[]; readonly lapses: readonly Lapse[] } {
  let inForce = burdens;
  const lapses: Lapse[] = [];
  for (;;) {
    const over = firstOver(inForce, today);
    if (over === undefined) {
      return { inForce, lapses };
    }
    const next = over.burden.kind === 'seizure' ? nextSeizure(inForce, addDays(over.lapsedOn, 1)) : undefined;
    inForce = inForce.flatMap((each) => {
      if (each === over.burden) {
        return [];
      }
      return each.id === next?.id ? [next] : [each];
    });
    lapses.push(next === undefined ? over : { ...over, next });
  }
}

/** The seizure that waited longest, as it takes effect on `day`: its term, as long as the court ordered, starts then. */
export function nextSeizure(burdens: readonly Burden[], day: string): Burden | undefined {
  const waiting = burdens.find(({ state }) => state === 'waiting');
  if (waiting === undefined) {
    return undefined;
  }
  const { termDays } = waiting;
  return { ...waiting, state: 'active', lapsesOn: termDays === null ? null : addDays(day, termDays) };
}

function firstOver(burdens: readonly Burden[], today: string): Lapse | undefined {
  for (const burden of burdens) {
    if (burden.state === 'active' && burden.lapsesOn !== null && burden.lapsesOn < today) {
      return { burden, lapsedOn: burden.lapsesOn };
    }
  }
  return undefined;
}
