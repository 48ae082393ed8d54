import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Injectable } from '@nestjs/common';
import { Settings } from '../platform/config/index.js';
import { Logger } from '../platform/observability/index.js';
import { readCertificates } from '../platform/signing/index.js';
import { formatCaip2, isIssuerList, type ListedIssuer } from '../proof/index.js';
import { canStandInPage } from './page/saved-page.js';
import type { VerifierSettings } from './page/verifier-view.js';

/** What the build wrote: the script of the pages, which fetches others of `files`, and the one that stands alone. */
type Manifest = { readonly page: string; readonly alone: string; readonly files: readonly string[] };

const NOTHING: Manifest = { page: '', alone: '', files: [] };

/**
 * The scripts with which browsers verify for themselves. Their names carry their digests, so they may be kept for ever. Where
 * they were not built the pages work without.
 */
@Injectable()
export class WebAssets {
  /** What browsers are told: nothing that is not public. */
  readonly settings: VerifierSettings;
  /** Path of the script; null when there is none. */
  readonly script: string | null;
  private readonly manifest: Manifest;
  private readonly files: ReadonlyMap<string, Buffer>;

  constructor(settings: Settings, logger: Logger) {
    const { webDirectory } = settings;
    this.manifest = readManifest(join(webDirectory, 'manifest.json'));
    this.files = new Map(this.manifest.files.map((name) => [name, readFileSync(join(webDirectory, name))]));
    this.script = this.manifest.page === '' ? null : `/assets/${this.manifest.page}`;
    this.settings = verifierSettings(settings);
    if (this.script === null) {
      logger.warn('web.not-built', { directory: webDirectory });
    }
  }

  file(name: string): Buffer | undefined {
    return this.files.get(name);
  }

  /** The whole verifier as one script; null when it was not built. Throws when it could not stand in a page. */
  alone(): string | null {
    const script = this.files.get(this.manifest.alone)?.toString('utf8') ?? null;
    if (script !== null && !canStandInPage(script)) {
      throw new Error('The script that stands alone would end its element early');
    }
    return script;
  }
}

function readManifest(path: string): Manifest {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return NOTHING;
    }
    throw error;
  }
}

function verifierSettings(settings: Settings): VerifierSettings {
  const { pageAuthorities, pageIssuers, pageRpcUrls, pageExplorers, chainId, chainName, furtherChains, publicBaseUrl } =
    settings;
  const authorities = pageAuthorities === '' ? [] : readCertificates(readFileSync(pageAuthorities, 'utf8'));
  const chains = [{ chainId, name: chainName }, ...furtherChains];
  return {
    service: publicBaseUrl,
    rpcUrls: pageRpcUrls,
    issuers: pageIssuers === '' ? [] : readIssuers(pageIssuers),
    authorities: authorities.map((der) => Buffer.from(der).toString('base64')),
    chains: chains.map(({ chainId: id, name = '' }) => {
      const explorer = pageExplorers.find((entry) => entry.startsWith(`${formatCaip2(id)}=`));
      return { id: formatCaip2(id), name, explorer: explorer?.slice(explorer.indexOf('=') + 1) ?? null };
    }),
  };
}

/** Throws for what is no list: a page that knew nobody would call every document doubtful. */
function readIssuers(path: string): readonly ListedIssuer[] {
  const list: unknown = JSON.parse(readFileSync(path, 'utf8'));
  if (!isIssuerList(list)) {
    throw new Error(`PAGE_ISSUERS: ${path} is not a list like [{"store":"0x…","name":"…","domain":"…"}]`);
  }
  return list;
}
