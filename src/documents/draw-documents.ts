import { Injectable } from '@nestjs/common';
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
 * What is wrong with one document is its own outcome; a failing database is nobody's and stops all.
 */
@Injectable()
export class DrawDocuments {
  constructor(
    private readonly draw: DrawDocument,
    private readonly pool: RenderPool,
  ) {}

  /** One outcome for each document, in their order. Throws when the database failed. */
  async execute(documents: readonly StoredDocument[]): Promise<DrawOutcome[]> {
    const opened: (Opened | RenderFailure)[] = [];
    for (const document of documents) {
      opened.push(await settle(() => this.open(document)));
    }
    const tasks = opened.flatMap((each) => ('failed' in each ? [] : [each.task]));
    const rendered = await this.pool.render(tasks);
    const outcomes: DrawOutcome[] = [];
    let next = 0;
    for (const [index, document] of documents.entries()) {
      const each = opened[index];
      if (each === undefined || 'failed' in each) {
        outcomes.push(each ?? failureOf(new Error('The document was not opened')));
      } else {
        const unsigned = rendered[next];
        next += 1;
        outcomes.push(await this.finish(document, each.opened, unsigned));
      }
    }
    return outcomes;
  }

  private async open(document: StoredDocument): Promise<Opened> {
    const opened = await this.draw.open(document);
    return { opened, task: await this.draw.taskOf(document, opened) };
  }

  private finish(
    document: StoredDocument,
    opened: OpenedDocument,
    rendered: Rendered | undefined,
  ): Promise<DrawOutcome> | RenderFailure {
    if (rendered === undefined) {
      return failureOf(new Error('The pool did not answer for the document'));
    }
    return 'failed' in rendered ? rendered : settle(() => this.draw.finish(document, opened, rendered));
  }
}

async function settle<Result>(work: () => Promise<Result>): Promise<Result | RenderFailure> {
  try {
    return await work();
  } catch (error) {
    if (isDatabaseFailure(error)) {
      throw error;
    }
    return failureOf(error as Error);
  }
}
