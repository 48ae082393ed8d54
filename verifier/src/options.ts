import { parseArgs } from 'node:util';
import type { FactLanguage } from '../../src/proof/fact-texts/index.js';
import type { RpcEndpoint } from '../../src/proof/index.js';

/** What the command was asked to do. */
export type Options = {
  readonly paths: readonly string[];
  readonly nodes: readonly RpcEndpoint[];
  readonly isOffline: boolean;
  readonly isJson: boolean;
  /** Facts of every file, and not only of those that are not valid. */
  readonly showsAllFacts: boolean;
  readonly authorityFiles: readonly string[];
  readonly statusLists: readonly string[];
  readonly issuerFiles: readonly string[];
  /** DNS over HTTPS; the system's own resolver when none is named. */
  readonly resolvers: readonly string[];
  readonly language: FactLanguage;
  readonly timeoutMs: number;
};

export type Asked = { readonly kind: 'check'; readonly options: Options } | { readonly kind: 'help' | 'version' };

/** A command line that says nothing that can be done. The message is for people. */
export class UsageError extends Error {}

const OPTIONS = {
  rpc: { type: 'string', multiple: true, default: [] as string[] },
  offline: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  facts: { type: 'boolean', default: false },
  'trust-ca': { type: 'string', multiple: true, default: [] as string[] },
  'status-list': { type: 'string', multiple: true, default: [] as string[] },
  issuers: { type: 'string', multiple: true, default: [] as string[] },
  dns: { type: 'string', multiple: true, default: [] as string[] },
  lang: { type: 'string' },
  timeout: { type: 'string', default: '10' },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const;

const SHORTEST_SECONDS = 1;
const LONGEST_SECONDS = 300;

/** Throws `UsageError`. `locale` (`zh-CN`) chooses the language where none is named. */
export function readOptions(args: readonly string[], locale: string): Asked {
  const { values, positionals } = parsed(args);
  if (values.help) {
    return { kind: 'help' };
  }
  if (values.version) {
    return { kind: 'version' };
  }
  if (positionals.length === 0) {
    throw new UsageError('Name at least one file, ZIP or folder.');
  }
  if (!values.offline && values.rpc.length === 0) {
    throw new UsageError('Name a node of the chain with --rpc URL, or say --offline to check without one.');
  }
  requireOffline(values);
  if (values['status-list'].length > 0 && values['trust-ca'].length === 0) {
    throw new UsageError('--status-list needs --trust-ca: a list is believed by the certificate of who signed it.');
  }
  const options: Options = {
    paths: positionals,
    nodes: values.rpc.map(endpointFrom),
    isOffline: values.offline,
    isJson: values.json,
    showsAllFacts: values.facts,
    authorityFiles: values['trust-ca'],
    statusLists: values['status-list'],
    issuerFiles: values.issuers,
    resolvers: values.dns.map((url) => webAddress(url, '--dns')),
    language: languageFrom(values.lang, locale),
    timeoutMs: secondsFrom(values.timeout) * 1_000,
  };
  return { kind: 'check', options };
}

function requireOffline(values: ReturnType<typeof parsed>['values']): void {
  if (!values.offline) {
    return;
  }
  if (values.rpc.length + values.dns.length > 0) {
    throw new UsageError('--offline asks nobody: leave out --rpc and --dns.');
  }
  const fetched = values['status-list'].find(isWebAddress);
  if (fetched !== undefined) {
    throw new UsageError(`--offline asks nobody: save ${fetched} as a file and name that with --status-list.`);
  }
}

/** Whether a status list is fetched, and no file. */
export function isWebAddress(place: string): boolean {
  return /^https?:/i.test(place);
}

function parsed(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `https://node.example`, or `eip155:1=https://node.example` to say which chain it is to serve. */
function endpointFrom(text: string): RpcEndpoint {
  const [, chainId, url = text] = /^(eip155:[1-9]\d{0,15})=(.*)$/.exec(text) ?? [];
  return { url: webAddress(url, '--rpc'), ...(chainId !== undefined && { chainId }) };
}

function webAddress(text: string, option: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol !== 'http:' && protocol !== 'https:') {
    throw new UsageError(`${option} wants a URL that begins with http:// or https://, not "${text}".`);
  }
  return text;
}

const LANGUAGES: readonly FactLanguage[] = ['zh', 'zh-TW', 'en'];

function languageFrom(text: string | undefined, locale: string): FactLanguage {
  if (text === undefined) {
    return languageOf(locale);
  }
  const language = LANGUAGES.find((one) => one === text);
  if (language === undefined) {
    throw new UsageError(`--lang is zh, zh-TW or en, not "${text}".`);
  }
  return language;
}

/** Where people write Traditional Chinese, that; English for all who read no Chinese. */
function languageOf(locale: string): FactLanguage {
  if (/^zh[-_](?:hant|tw|hk|mo)\b/i.test(locale)) {
    return 'zh-TW';
  }
  return /^zh\b/i.test(locale) ? 'zh' : 'en';
}

function secondsFrom(text: string): number {
  const seconds = Number(text);
  if (!(seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS)) {
    throw new UsageError(
      `--timeout is a number of seconds from ${SHORTEST_SECONDS} to ${LONGEST_SECONDS}, not "${text}".`,
    );
  }
  return seconds;
}
