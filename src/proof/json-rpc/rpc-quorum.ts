import { ChainSilent } from '../chain-reader.js';
import type { RpcNode } from './rpc-node.js';

/** A node that may be asked, or one that has a vote and cannot cast it. */
export type Voter = RpcNode | 'silent';

/**
 * What more than half of the voters say, as soon as they have said it: with one node its word counts, with two both must
 * agree, three bear one that lies, lags or is down. `read` takes from an answer what matters and throws on what is none.
 *
 * Throws `ChainSilent`: `disagreement` when so many answered that they could have agreed, `unreachable` else.
 */
export async function majorityOf<Answer>(
  voters: readonly Voter[],
  ask: (node: RpcNode) => Promise<unknown>,
  read: (answer: unknown) => Answer,
): Promise<Answer> {
  const needed = Math.floor(voters.length / 2) + 1;
  const votes = new Map<string, number>();
  let answered = 0;
  return new Promise((resolve, reject) => {
    const asked = voters.map(async (voter) => {
      const answer = read(await (voter === 'silent' ? Promise.reject(new Error('silent')) : ask(voter)));
      const vote = JSON.stringify(answer);
      answered += 1;
      votes.set(vote, (votes.get(vote) ?? 0) + 1);
      if ((votes.get(vote) ?? 0) >= needed) {
        resolve(answer);
      }
    });
    void Promise.allSettled(asked).then((said) => {
      if ([...votes.values()].some((count) => count >= needed)) {
        return;
      }
      const why = answered >= needed ? 'disagreement' : 'unreachable';
      const [cause] = said.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      reject(
        new ChainSilent(why, `${answered} of ${voters.length} nodes answered, and ${needed} have to say the same`, {
          cause,
        }),
      );
    });
  });
}
