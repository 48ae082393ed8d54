import { setFlagsFromString } from 'node:v8';

/**
 * What the programs import first, for what it does to the process.
 *
 * V8 takes what lives long while a program is loading for its way of life, and from then on puts such objects straight among
 * the old ones: rows and results of the database driver among them. Each is garbage a moment later, but lies there until the
 * next great collection and keeps alive whatever younger object it names. A collection of young garbage then copies twenty
 * times as much and takes twice as long (docs/BENCHMARKS.md).
 *
 * V8 looks at this flag at each collection, so it may be set while it runs.
 */
setFlagsFromString('--no-allocation-site-pretenuring');
