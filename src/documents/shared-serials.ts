import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/index.js';
import type { Tx } from '../platform/database/index.js';
import type { SerialRange, SeriesState } from './documents.repository.js';

/**
 * So many are drawn at once: a register of every number would be as long as all documents together, and numbering one by
 * one would make all issuers of a province wait for each other. An issuer comes back once in ten thousand documents.
 */
const RANGE = 10_000n;

/**
 * Series that several issuers number under: the code of a fiscal bill is its province's, and no two bills of a province may
 * have the same number under it. Issuers draw ranges from a counter that belongs to none of them, which row-level security
 * therefore does not divide; inside its ranges each numbers without a gap and without asking anybody.
 */
@Injectable()
export class SharedSerials {
  constructor(private readonly clock: Clock) {}

  /**
   * Gives each of `wanted` (series, and how many documents may need a serial) room in the issuer's ranges, and draws a further
   * range where there is too little. What is drawn and not used is used next time. The series MUST be locked, and `states`
   * hold what the lock read; whoever draws from the same series waits until this transaction ends.
   */
  async supply(
    tx: Tx,
    issuerId: string,
    wanted: ReadonlyMap<string, number>,
    states: Map<string, SeriesState>,
  ): Promise<void> {
    if (wanted.size === 0) {
      return;
    }
    const drawn = await this.rangesLeft(tx, issuerId, wanted, states);
    for (const [series, count] of [...wanted].sort(([left], [right]) => (left < right ? -1 : 1))) {
      const next = states.get(series)?.next ?? 1n;
      const ranges = [...(drawn.get(series) ?? [])];
      const missing = BigInt(count) - roomIn(ranges, next);
      if (missing > 0n) {
        ranges.push(await this.draw(tx, issuerId, { series, next }, missing > RANGE ? missing : RANGE));
      }
      states.set(series, stateWithin(next, ranges));
    }
  }

  private async rangesLeft(
    tx: Tx,
    issuerId: string,
    wanted: ReadonlyMap<string, number>,
    states: ReadonlyMap<string, SeriesState>,
  ): Promise<ReadonlyMap<string, readonly SerialRange[]>> {
    const series = [...wanted.keys()];
    const rows = await tx.prepared<{ series: string; first_serial: string; last_serial: string }>(
      'serial-ranges-left',
      `select r.series, r.first_serial, r.last_serial
       from unnest($2::text[], $3::bigint[]) as wanted (series, next_serial)
       join number_ranges r on r.issuer_id = $1 and r.series = wanted.series and r.last_serial >= wanted.next_serial
       order by r.last_serial`,
      [issuerId, series, series.map((name) => (states.get(name)?.next ?? 1n).toString())],
    );
    const ranges = new Map<string, SerialRange[]>();
    for (const { series: name, first_serial: first, last_serial: last } of rows) {
      ranges.set(name, [...(ranges.get(name) ?? []), { first: BigInt(first), last: BigInt(last) }]);
    }
    return ranges;
  }

  /** Never below `next`: an operator who moves an issuer's series ahead, after a restore, moves the counter too. */
  private async draw(
    tx: Tx,
    issuerId: string,
    { series, next }: { readonly series: string; readonly next: bigint },
    count: bigint,
  ): Promise<SerialRange> {
    const [row] = await tx.query<{ first: string }>('select draw_shared_serials($1, $2, $3) as first', [
      series,
      count.toString(),
      next.toString(),
    ]);
    const first = BigInt(row?.first ?? 0);
    const range = { first, last: first + count - 1n };
    await tx.query(
      'insert into number_ranges (issuer_id, series, first_serial, last_serial, drawn_at) values ($1, $2, $3, $4, $5)',
      [issuerId, series, range.first.toString(), range.last.toString(), this.clock.now()],
    );
    return range;
  }
}

function roomIn(ranges: readonly SerialRange[], next: bigint): bigint {
  return ranges.reduce((room, { first, last }) => room + last - largerOf(first, next) + 1n, 0n);
}

/** `ranges` are in ascending order and end at or behind `next`. */
function stateWithin(next: bigint, [now, ...further]: readonly SerialRange[]): SeriesState {
  return now === undefined ? { next, last: next - 1n } : { next: largerOf(now.first, next), last: now.last, further };
}

/** The state after the next serial has been given away. */
export function afterNext(state: SeriesState): SeriesState {
  const next = state.next + 1n;
  const [then, ...further] = state.further ?? [];
  return then !== undefined && state.last !== null && next > state.last
    ? { next: then.first, last: then.last, further }
    : { ...state, next };
}

function largerOf(left: bigint, right: bigint): bigint {
  return left > right ? left : right;
}
