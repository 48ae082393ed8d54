import type { Renderer } from '../../documents/drawing/index.js';
import type { PropertyCertificate, PropertyProof } from '../certificate.js';
import { ALPHABET } from '../certificate.pdf.form.js';
import { renderCertificate } from '../certificate.pdf.js';
import { renderProof } from '../property-proof.pdf.js';

/** Draws certificates and proofs: two forms of one register. */
export const CERTIFICATE_RENDERER: Renderer<PropertyCertificate | PropertyProof> = {
  name: 'certificate',
  alphabet: ALPHABET,
  render: (document, context) =>
    document.kind === 'certificate.property' ? renderCertificate(document, context) : renderProof(document, context),
};
