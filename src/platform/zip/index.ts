export { ZipWriter } from './zip-writer.js';
export type { ZippedFile } from './zip-writer.js';
