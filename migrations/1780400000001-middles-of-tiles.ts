import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildTree, GROUP_SIZE, HASH_LENGTH, joinBytes } from '../src/proof/index.js';

const AT_ONCE = 1_000;
const GROUP_BYTES = GROUP_SIZE * HASH_LENGTH;

type Row = { id: string; hashes: Buffer };

/**
 * A tile keeps the nodes four levels above its hashes, too: a proof then needs an eighth of a tile, and hashes 30 nodes of
 * it where it hashed 255.
 */
export class MiddlesOfTiles1780400000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table anchor_tiles add column middle bytea`);
    await runner.query(`alter table anchor_tiles alter column middle set storage external`);
    // The owner is bound by the policies, too, unless a superuser.
    await runner.query(`alter table anchor_tiles no force row level security`);
    while (await fillSome(runner)) {
      // Goes on until nothing is left.
    }
    await runner.query(`alter table anchor_tiles force row level security`);
    await runner.query(`
      alter table anchor_tiles alter column middle set not null,
        add check (length(middle) = ${HASH_LENGTH} * ((length(hashes) + ${GROUP_BYTES - 1}) / ${GROUP_BYTES}))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table anchor_tiles drop column middle`);
  }
}

/** False when nothing was left to fill. */
async function fillSome(runner: QueryRunner): Promise<boolean> {
  const rows = (await runner.query(
    `select ctid::text as id, hashes from anchor_tiles where middle is null limit ${AT_ONCE}`,
  )) as Row[];
  await runner.query(
    `update anchor_tiles t set middle = filled.middle
     from unnest($1::tid[], $2::bytea[]) as filled (id, middle) where t.ctid = filled.id`,
    [rows.map(({ id }) => id), rows.map(({ hashes }) => Buffer.from(middleOf(hashes)))],
  );
  return rows.length > 0;
}

/** Each group of 16 is a tree of its own, whose root the tree over the whole batch passes through. */
function middleOf(hashes: Uint8Array): Uint8Array {
  const groups = Array.from({ length: Math.ceil(hashes.length / GROUP_BYTES) }, (_, index) =>
    hashes.subarray(index * GROUP_BYTES, (index + 1) * GROUP_BYTES),
  );
  return joinBytes(groups.map((group) => buildTree(group).root));
}
