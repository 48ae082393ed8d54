import { Injectable } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Settings } from '../platform/config/index.js';
import { formatCaip2 } from '../proof/index.js';
import { FormPage } from './form-page.js';
import type { Language } from './page/language.js';
import { documentPage } from './page/pages.js';
import { sendPage } from './send-page.js';
import type { VerificationReport } from './verification-report.js';

/** Sends the page of a document: to who follows its link, and to who named what its paper says. */
@Injectable()
export class DocumentPage {
  constructor(
    private readonly form: FormPage,
    private readonly settings: Settings,
  ) {}

  /** `path` leads to the same document in other languages. */
  send(reply: FastifyReply, report: VerificationReport, at: { language: Language; path: string }): void {
    const { scripted, transactionUrl } = this.form;
    const networkName = (chainId: string): string => this.networkName(chainId);
    const page = documentPage(report, { ...at, networkName, transactionUrl, scripted });
    sendPage(reply, 200, page, { isScripted: scripted !== null });
  }

  private networkName(chainId: string): string {
    const { chainName, chainId: ours } = this.settings;
    return chainName !== '' && chainId === formatCaip2(ours) ? `${chainName} (${chainId})` : chainId;
  }
}
