import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/embedded/wait-until.js';
import type { ApiCaller } from '../../support/api-caller.js';
import { CuttableLink } from '../../support/cuttable-link.js';
import { callerOf, TestInstance } from '../../support/running-instance.js';

const isCommit = (request: Buffer): boolean => request.includes('commit\0');

let instance: TestInstance;
let link: CuttableLink;
let caller: ApiCaller;

beforeAll(async () => {
  instance = await TestInstance.make();
  const issuer = await instance.addIssuer();
  link = await CuttableLink.to(instance.settings.databaseUrl);
  caller = callerOf(await instance.startApi({ DATABASE_URL: link.url }), issuer);
});
afterAll(async () => {
  await instance.close();
  await link.cut();
});
beforeEach(() => caller.issue());

const count = async (): Promise<number> => Number(await instance.value('select count(*) from documents'));
const serials = async (): Promise<unknown> =>
  instance.value('select array_agg(serial::int order by serial) from documents');

describe('a connection that is lost', () => {
  it('after the commit, before its answer, issues nothing twice: the callers are told 503 and may ask again', async () => {
    const before = await count();
    const keys = Array.from({ length: 10 }, () => randomUUID());
    link.loseAnswerTo(isCommit);

    const answers = await Promise.all(keys.map((key) => caller.tryToIssue(undefined, key)));

    const lost = answers.filter(({ status }) => status !== 201);
    expect(lost.length).toBeGreaterThan(0);
    expect(new Set(lost.map(({ status, body }) => `${status} ${body.code}`))).toEqual(
      new Set(['503 database.unavailable']),
    );
    await waitUntil('the commit is done', async () => (await count()) === before + 10);
    const again = await Promise.all(keys.map((key) => caller.issue(undefined, key)));
    expect(new Set(again.map(({ id }) => id)).size).toBe(10);
    expect(await count()).toBe(before + 10);
    expect(await serials()).toEqual(Array.from({ length: before + 10 }, (_, index) => index + 1));
  });

  it('after the commit issues nothing twice to callers without keys, either', async () => {
    const before = await count();
    link.loseAnswerTo(isCommit);

    const answers = await Promise.all(Array.from({ length: 10 }, () => caller.tryToIssue()));

    expect(answers.some(({ status }) => status === 503)).toBe(true);
    expect(await count()).toBe(before + 10);
  });

  it('because an administrator ended it, is replaced by the next request', async () => {
    await instance.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chopmark_api' and datname = current_database()",
    );
    const answers = [await caller.tryToIssue(), await caller.tryToIssue()];
    expect(answers.at(-1)?.status).toBe(201);
  });
});
