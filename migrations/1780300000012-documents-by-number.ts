import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A stranger who has only the paper asks with a number and what else is printed. The locator answers whose documents bear
 * the number, and nothing of them; what else was typed is compared with the content by the service.
 */
export class DocumentsByNumber1780300000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index documents_by_number on documents (number)`);
    await runner.query(`grant usage, create on schema public to chopmark_locator`);
    await runner.query(`grant select (number) on documents to chopmark_locator`);
    await runner.query(`
      create function locate_document_number(given text) returns table (issuer_id uuid, document_id uuid)
      language sql stable security definer set search_path = public
      as $$ select d.issuer_id, d.id from documents d where d.number = given limit 16 $$`);
    await runner.query(`alter function locate_document_number(text) owner to chopmark_locator`);
    await runner.query(`revoke all on function locate_document_number(text) from public`);
    await runner.query(`grant execute on function locate_document_number(text) to chopmark_api, chopmark_worker`);
    await runner.query(`revoke create on schema public from chopmark_locator`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop function locate_document_number(text)`);
    await runner.query(`revoke select (number) on documents from chopmark_locator`);
    await runner.query(`drop index documents_by_number`);
  }
}
