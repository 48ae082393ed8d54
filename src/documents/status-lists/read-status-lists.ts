import { Injectable } from '@nestjs/common';
import { ReadProof, type ProofOfLeaf } from '../../anchoring/index.js';
import { UnitOfWork, type Tx } from '../../platform/database/index.js';
import { StatusListNotFound } from './status-lists.errors.js';
import { StatusListsRepository, type ListVersion, type PublishedList } from './status-lists.repository.js';

/** A version of a list, with the proof that it was anchored; null when it says of no document that it ended. */
export type ProvenVersion = ListVersion & { readonly proof: ProofOfLeaf | null };

/** Of the history, at most this much is told at once: the newest. */
const VERSIONS_TOLD = 100;

/** What anybody may read of an issuer's lists. */
@Injectable()
export class ReadStatusLists {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lists: StatusListsRepository,
    private readonly readProof: ReadProof,
  ) {}

  /** Throws `StatusListNotFound`. */
  one(id: string): Promise<PublishedList & { readonly issuerId: string }> {
    return this.asIssuerOf(id, async (tx, issuerId) => {
      const list = await this.lists.findPublished(tx, issuerId, id);
      return list && { ...list, issuerId };
    });
  }

  /** The newest first. Throws `StatusListNotFound`. */
  versions(id: string): Promise<readonly ProvenVersion[]> {
    return this.asIssuerOf(id, async (tx, issuerId) => {
      const versions = await this.lists.findVersions(tx, issuerId, id, VERSIONS_TOLD);
      const proofs = await this.readProof.executeMany(
        tx,
        issuerId,
        versions.map(({ leaf }) => leaf),
      );
      return versions.map((version, index) => ({ ...version, proof: proofs[index] ?? null }));
    });
  }

  private async asIssuerOf<Answer>(
    id: string,
    read: (tx: Tx, issuerId: string) => Promise<Answer | null>,
  ): Promise<Answer> {
    const issuerId = await this.unitOfWork.run((tx) => this.lists.locate(tx, id));
    const answer = issuerId === null ? null : await this.unitOfWork.run((tx) => read(tx, issuerId), { issuerId });
    if (answer === null) {
      throw new StatusListNotFound(id);
    }
    return answer;
  }
}
