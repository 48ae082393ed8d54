/** What draws this family: a door of its own, for threads that load nothing else. */
export { CERTIFICATE_RENDERER } from './certificate.renderer.js';
