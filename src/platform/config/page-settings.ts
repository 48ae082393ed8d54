import { explorer, listOf, plainText, url } from './parsers.js';
import { Setting } from './setting.js';

/** What the public pages tell browsers that verify for themselves. */
export class PageSettings {
  @Setting({
    env: 'WEB_DIRECTORY',
    group: 'http',
    describe: 'Where the build put the scripts of the public pages',
    ...plainText,
  })
  webDirectory = 'dist/web';

  @Setting({
    env: 'PAGE_RPC_URLS',
    group: 'http',
    describe:
      'Nodes that browsers on the public pages ask when the visitor names none; everybody sees them, so no URL with a key in it',
    ...listOf(url('http', 'https')),
  })
  pageRpcUrls: readonly string[] = [];

  @Setting({
    env: 'PAGE_EXPLORERS',
    group: 'http',
    describe:
      'Where people look up transactions, as eip155:1=https://etherscan.io/tx/{tx}; of several chains, separated by commas',
    ...listOf(explorer),
  })
  pageExplorers: readonly string[] = [];

  @Setting({
    env: 'PAGE_AUTHORITIES',
    group: 'http',
    describe:
      'PEM file of the authorities whose certificates browsers on the public pages believe for issuers; empty for none',
    ...plainText,
  })
  pageAuthorities = '';

  @Setting({
    env: 'PAGE_ISSUERS',
    group: 'http',
    describe:
      'JSON file of issuers that browsers on the public pages know, as [{"store":"0x…","name":"…","domain":"…"}]; empty for none',
    ...plainText,
  })
  pageIssuers = '';
}
