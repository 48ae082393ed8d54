import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Language } from './page/language.js';
import type { Scripted } from './page/verifier-view.js';
import { verifyPage, type VerifyForm } from './page/verify-page.js';
import { ReadQuestions } from './read-questions.js';
import { sendPage } from './send-page.js';
import { WebAssets } from './web-assets.js';

/** Sends `/verify`: its forms depend on what kinds there are, and its script on what was built. */
@Injectable()
export class FormPage {
  constructor(
    private readonly questions: ReadQuestions,
    private readonly assets: WebAssets,
  ) {}

  get scripted(): Scripted | null {
    const { script, settings } = this.assets;
    return script === null ? null : { script, settings };
  }

  /** Where people look up a transaction; null when the operator names no such place. */
  readonly transactionUrl = (chainId: string, hash: string): string | null => {
    const { explorer = null } = this.assets.settings.chains.find(({ id }) => id === chainId) ?? {};
    return explorer?.replace('{tx}', hash) ?? null;
  };

  async send(reply: FastifyReply, status: number, language: Language, problems: VerifyForm = {}): Promise<void> {
    const { scripted } = this;
    const questions = await this.questions.execute();
    sendPage(reply, status, verifyPage(language, { ...problems, questions, scripted }), {
      isScripted: scripted !== null,
    });
  }
}
