import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How deep a revocation lies is asked of the chain each time: what was seen once, a reorganisation may have moved. */
export class DepthOfRevocations1780300000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table document_revocations drop column seen_block`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table document_revocations add column seen_block bigint`);
  }
}
