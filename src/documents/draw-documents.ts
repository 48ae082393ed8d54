import { Injectable } from '@nestjs/common';
import type { IssuerSigner } from '../identity/index.js';
import { CannotSignNow } from '../platform/signing/index.js';
import type { StoredDocument } from './document.js';
import { isDatabaseFailure } from './documents.errors.js';
import { DrawDocument, type DrawnDocument, type OpenedDocument } from './draw-document.js';
import { failureOf, type Rendered, type RenderFailure, type RenderTask } from './drawing/index.js';
import { RenderPool } from './render-pool.js';

type Opened = { readonly opened: OpenedDocument; readonly task: RenderTask };
/** What came of one document. */
export type DrawOutcome = DrawnDocument | RenderFailure;

/**
 * Draws many documents: opens them here, where the keys are, has them drawn where there is room, and finishes them here.
 * What is wrong with one document is its own outcome; a failing database, or a key that cannot be used, is nobody's and
 * stops all.
 */
@Injectable()
export class DrawDocuments {
  constructor(
    private readonly draw: DrawDocument,
    private readonly pool: RenderPool,
  ) {}

  /** One outcome for each document, in their order. Throws `CannotSignNow`, and when the database failed. */
  async execute(documents: readonly StoredDocument[], signer: IssuerSigner): Promise<DrawOutcome[]> {
    const opened: (Opened | RenderFailure)[] = [];
    for (const document of documents) {
      opened.push(await settle(() => this.open(document, signer)));
    }
    const tasks = opened.flatMap((each) => ('failed' in each ? [] : [each.task]));
    const rendered = await this.pool.render(tasks);
    const drawn = new Map(tasks.map((task, index) => [task, rendered[index]]));
    // Together, because a hardware module or a time-stamping authority lets each one wait.
    return Promise.all(
      opened.map(async (each) => ('failed' in each ? each : this.finish(each.opened, drawn.get(each.task), signer))),
    );
  }

  private async open(document: StoredDocument, { room }: IssuerSigner): Promise<Opened> {
    const opened = await this.draw.open(document);
    return { opened, task: await this.draw.taskOf(document, opened, room) };
  }

  private finish(
    opened: OpenedDocument,
    rendered: Rendered | undefined,
    signer: IssuerSigner,
  ): Promise<DrawOutcome> | RenderFailure {
    if (rendered === undefined) {
      return failureOf(new Error('The pool did not answer for the document'));
    }
    return 'failed' in rendered ? rendered : settle(() => this.draw.finish(opened, rendered, signer));
  }
}

async function settle<Result>(work: () => Promise<Result>): Promise<Result | RenderFailure> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseFailure(error) || error instanceof CannotSignNow) {
      throw error;
    }
    return failureOf(error);
  }
}
