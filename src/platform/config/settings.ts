import { type FurtherChain, furtherChains } from './further-chains.js';
import { flag, integer, key32, listOf, networks, oneOf, plainText, url } from './parsers.js';
import { PageSettings } from './page-settings.js';
import { Setting } from './setting.js';

/**
 * Everything a process can be told, in one place. Read once at start by `loadSettings`; nothing else reads the environment.
 * `docs/OPERATIONS.md` and `.env.example` are generated from these declarations.
 */
export class Settings extends PageSettings {
  @Setting({
    env: 'DATABASE_URL',
    group: 'database',
    describe:
      'PostgreSQL 15 or newer. The login must be able to migrate and to act as the roles chopmark_api and chopmark_worker',
    ...url('postgres', 'postgresql'),
    secret: true,
    required: true,
  })
  databaseUrl = '';

  @Setting({
    env: 'DATABASE_POOL_SIZE',
    group: 'database',
    describe: 'Connections a process may hold',
    ...integer(2, 200),
  })
  databasePoolSize = 10;

  @Setting({
    env: 'DATABASE_PREPARED_STATEMENTS',
    group: 'database',
    describe: 'Named prepared statements; switch off behind a pooler in transaction mode',
    ...flag,
  })
  databasePreparedStatements = true;

  @Setting({
    env: 'REDIS_URL',
    group: 'queue',
    describe: 'Redis 6.2 or newer, or Valkey, with noeviction. Without it BullMQ keeps its jobs in PostgreSQL',
    ...url('redis', 'rediss'),
    secret: true,
  })
  redisUrl = '';

  @Setting({
    env: 'QUEUE_PREFIX',
    group: 'queue',
    describe: 'Name space of the jobs; the braces keep them in one slot of a Redis cluster',
    ...plainText,
  })
  queuePrefix = '{chopmark}';

  @Setting({ env: 'HOST', group: 'http', describe: 'Address to listen on', ...plainText })
  host = '127.0.0.1';

  @Setting({ env: 'PORT', group: 'http', describe: 'Port of the API; 0 takes any free one', ...integer(0, 65_535) })
  port = 3000;

  @Setting({
    env: 'PUBLIC_BASE_URL',
    group: 'http',
    describe: 'What citizens reach the API under; printed on documents and in their QR codes',
    ...url('http', 'https'),
  })
  publicBaseUrl = 'http://127.0.0.1:3000';

  @Setting({
    env: 'TRUST_PROXY',
    group: 'http',
    describe: 'Proxies whose X-Forwarded-For is believed; without it the address of the connection counts',
    ...networks,
  })
  trustProxy = '';

  @Setting({
    env: 'LOOK_UPS_PER_MINUTE',
    group: 'http',
    describe: 'Verifications that one address may ask for without a key; an IPv6 network of 64 bits counts as one',
    ...integer(1, 1_000_000),
  })
  lookUpsPerMinute = 600;

  @Setting({
    env: 'METRICS_TOKEN',
    group: 'http',
    describe: 'Bearer token for /metrics; without it only this machine may ask',
    ...plainText,
    secret: true,
  })
  metricsToken = '';

  @Setting({
    env: 'WORKER_METRICS_PORT',
    group: 'http',
    describe: 'Port on the loopback where a worker answers /health/live and /metrics; 0 takes any free one',
    ...integer(0, 65_535),
  })
  workerMetricsPort = 0;

  @Setting({
    env: 'LOG_LEVEL',
    group: 'process',
    describe: 'Least important line that is written',
    ...oneOf('debug', 'info', 'warn', 'error', 'silent'),
  })
  logLevel = 'info';

  @Setting({
    env: 'SHUTDOWN_GRACE_MS',
    group: 'process',
    describe: 'How long requests and jobs in flight may take to finish after SIGTERM',
    ...integer(100, 600_000),
  })
  shutdownGraceMs = 10_000;

  @Setting({
    env: 'MASTER_KEY',
    group: 'secrets',
    describe: "Wraps the issuers' keys, which wrap the documents' keys. Losing it loses the contents",
    ...key32,
    secret: true,
    required: true,
  })
  masterKey = '';

  @Setting({
    env: 'CHAIN_RPC_URL',
    group: 'chain',
    describe:
      'JSON-RPC of the chain that anchors are written to. Of several, separated by commas, what more than half say is believed: three bear a bad one',
    ...listOf(url('http', 'https')),
    secret: true,
    required: true,
  })
  chainRpcUrls: readonly string[] = [];

  @Setting({
    env: 'CHAIN_ID',
    group: 'chain',
    describe: 'The chain that CHAIN_RPC_URL must answer for',
    ...integer(1, Number.MAX_SAFE_INTEGER),
    required: true,
  })
  chainId = 0;

  @Setting({
    env: 'CHAIN_NAME',
    group: 'chain',
    describe: 'What people call that chain; printed on documents',
    ...plainText,
  })
  chainName = '';

  @Setting({
    env: 'CHAIN_RELAYER_KEY',
    group: 'chain',
    describe: 'Key that pays for and sends anchors; it can do nothing else to a store',
    ...key32,
    secret: true,
    required: true,
  })
  chainRelayerKey = '';

  @Setting({
    env: 'CHAIN_FURTHER_RELAYER_KEYS',
    group: 'chain',
    describe:
      'More keys that send anchors, so that one stuck transaction holds up only its own. Each store must admit them first: run `cli admit-relayers`',
    ...listOf(key32),
    secret: true,
  })
  chainFurtherRelayerKeys: readonly string[] = [];

  @Setting({
    env: 'FURTHER_CHAINS',
    group: 'chain',
    describe:
      'Chains that every batch is anchored on as well, with the same keys: `[{"chainId":137,"rpcUrls":["https://…"],"name":"Polygon","confirmations":64,"maxFeeGwei":900,"since":"2026-01-01T00:00:00Z"}]`. Batches that are older are anchored too, unless `since` says from when on',
    ...furtherChains,
    secret: true,
  })
  furtherChains: readonly FurtherChain[] = [];

  @Setting({
    env: 'CHAIN_ADMIN_KEY',
    group: 'chain',
    describe: "Key that owns the issuers' stores: deploys and revokes",
    ...key32,
    secret: true,
    required: true,
  })
  chainAdminKey = '';

  @Setting({
    env: 'CHAIN_CONFIRMATIONS',
    group: 'chain',
    describe: 'Blocks on top of an anchor before it counts as confirmed (1 = its own block)',
    ...integer(1, 10_000),
  })
  chainConfirmations = 12;

  @Setting({
    env: 'CHAIN_TIMEOUT_MS',
    group: 'chain',
    describe: 'How long one question to the chain may take',
    ...integer(100, 120_000),
  })
  chainTimeoutMs = 10_000;

  @Setting({
    env: 'CHAIN_MAX_FEE_GWEI',
    group: 'chain',
    describe: 'Highest fee per gas that workers ever sign',
    ...integer(1, 1_000_000),
  })
  chainMaxFeeGwei = 500;

  @Setting({
    env: 'ANCHOR_BATCH_MAX_SIZE',
    group: 'anchoring',
    describe: 'Entries after which a batch closes at once',
    ...integer(1, 1_048_576),
  })
  anchorBatchMaxSize = 10_000;

  @Setting({
    env: 'ANCHOR_BATCH_MAX_AGE_MS',
    group: 'anchoring',
    describe: 'Age of the oldest entry after which a batch closes',
    ...integer(50, 86_400_000),
  })
  anchorBatchMaxAgeMs = 10_000;

  @Setting({
    env: 'ANCHOR_POLL_MS',
    group: 'anchoring',
    describe: 'How often due batches and open anchors are looked for',
    ...integer(50, 600_000),
  })
  anchorPollMs = 1_000;

  @Setting({
    env: 'RENDER_CHUNK',
    group: 'documents',
    describe: 'Documents drawn and stored in one transaction',
    ...integer(1, 256),
  })
  renderChunk = 64;

  @Setting({
    env: 'RENDER_THREADS',
    group: 'documents',
    describe: 'Threads that draw; 0: as many as the machine has cores, -1: none, the process draws itself',
    ...integer(-1, 256),
  })
  renderThreads = 0;

  @Setting({ env: 'RENDER_ENABLED', group: 'documents', describe: 'Whether this worker draws documents', ...flag })
  renderEnabled = true;

  @Setting({
    env: 'STATUS_LIST_MINUTES',
    group: 'documents',
    describe:
      'How often status lists are signed anew though nothing changed; one that was not, twice that long ago, is no longer believed',
    ...integer(1, 10_080),
  })
  statusListMinutes = 60;

  @Setting({
    env: 'SIGNING_KEYS',
    group: 'signing',
    describe: 'Where the keys of the issuers are: in encrypted files, or in a hardware module that speaks PKCS#11',
    ...oneOf('file', 'pkcs11'),
  })
  signingKeys: 'file' | 'pkcs11' = 'file';

  @Setting({
    env: 'SIGNING_KEY_DIRECTORY',
    group: 'signing',
    describe: "Directory of the issuers' certificates and, unless a hardware module has them, their encrypted keys",
    ...plainText,
  })
  signingKeyDirectory = 'signing-keys';

  @Setting({
    env: 'SIGNING_PASSPHRASE',
    group: 'signing',
    describe: 'Opens the keys in files. Without it they are opened with what follows from MASTER_KEY',
    ...plainText,
    secret: true,
  })
  signingPassphrase = '';

  @Setting({
    env: 'SIGNING_PKCS11_MODULE',
    group: 'signing',
    describe: "Path of the hardware module's PKCS#11 library",
    ...plainText,
  })
  signingPkcs11Module = '';

  @Setting({
    env: 'SIGNING_PKCS11_TOKEN',
    group: 'signing',
    describe: "Label of the token that holds the issuers' keys",
    ...plainText,
  })
  signingPkcs11Token = 'chopmark';

  @Setting({
    env: 'SIGNING_PKCS11_PIN',
    group: 'signing',
    describe: "The token's user PIN",
    ...plainText,
    secret: true,
  })
  signingPkcs11Pin = '';

  @Setting({
    env: 'SIGNING_TSA_URL',
    group: 'signing',
    describe: 'Time-stamping authority (RFC 3161) that stamps each signature; empty for none',
    ...url('http', 'https'),
  })
  signingTsaUrl = '';

  @Setting({
    env: 'SIGNING_TSA_TIMEOUT_MS',
    group: 'signing',
    describe: 'How long one time stamp may take',
    ...integer(100, 60_000),
  })
  signingTsaTimeoutMs = 5_000;
}
