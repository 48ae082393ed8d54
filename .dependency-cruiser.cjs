// Folders in dependency order: a folder may import only from ranks to its left (and from itself).
const RANKS = [
  ['kernel'],
  ['proof'],
  ['platform'],
  ['identity', 'anchoring'],
  ['documents'],
  ['invoices', 'certificates', 'receipts', 'licences'],
  ['evidence', 'audit'],
  ['verification', 'reimbursement', 'sharing'],
  ['court'],
  ['composition'],
];
const entryPoints = '^src/[^/]+\\.ts$';
const forbidden = RANKS.flatMap((folders, rank) =>
  folders.map((folder) => ({
    name: `${folder}-imports-only-lower-ranks`,
    severity: 'error',
    from: { path: `^src/${folder}/` },
    to: { path: `^src/(${RANKS.slice(rank).flat().join('|')})/`, pathNot: `^src/${folder}/` },
  })),
);

module.exports = {
  forbidden: [
    ...forbidden,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-through-the-front-door',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/.+', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/[^/]+/[^/]+/index\\.ts$'] },
    },
    {
      name: 'proof-is-pure',
      comment: 'It also runs in the browser and in the stand-alone verifier.',
      severity: 'error',
      from: { path: '^src/(proof|kernel)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: 'node_modules/hash-wasm/' },
    },
    {
      name: 'verifier-uses-proof-only',
      comment: 'It is published by itself, and must not need the service.',
      severity: 'error',
      from: { path: '^verifier/' },
      to: { path: '^(src|scripts|bench|test|migrations)/', pathNot: '^src/proof/(fact-texts/)?index\\.ts$' },
    },
    {
      name: 'nobody-uses-the-verifier',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^verifier/' },
    },
    {
      name: 'entry-points-import-only-composition',
      severity: 'error',
      from: { path: entryPoints },
      to: { path: '^src/', pathNot: ['^src/composition/', '^src/platform/(config|observability)/index\\.ts$'] },
    },
    {
      name: 'source-never-imports-tests-or-tools',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'web-imports-only-proof',
      comment: 'What browsers load is what anybody may read: nothing of the service is in it.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(src|scripts|test|bench)/', pathNot: '^src/proof/(?:index|fact-texts/index)\\.ts$' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['^web/verify/keccak\\.ts$', '\\.spec\\.ts$', '\\.cjs$', '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
  },
};
