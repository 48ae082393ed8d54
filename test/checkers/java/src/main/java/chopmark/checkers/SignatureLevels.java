package chopmark.checkers;

import com.fasterxml.jackson.databind.JsonNode;
import eu.europa.esig.dss.diagnostic.PDFRevisionWrapper;
import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.diagnostic.jaxb.XmlObjectModification;
import eu.europa.esig.dss.enumerations.Level;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.policy.EtsiValidationPolicy;
import eu.europa.esig.dss.policy.ValidationPolicyFacade;
import eu.europa.esig.dss.policy.jaxb.CertificateConstraints;
import eu.europa.esig.dss.policy.jaxb.LevelConstraint;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.util.ArrayList;
import java.util.List;

/** What the European Commission's Digital Signature Service says of each signature in a PDF. */
final class SignatureLevels {
  private static final String POLICY = "/policy/constraint.xml";

  private SignatureLevels() {}

  record Modification(String kind, String action, String object, String field) {}

  record Signature(
      String level,
      String indication,
      String subIndication,
      boolean byteRangeValid,
      String permission,
      List<Modification> modifications,
      List<String> modifiedFields,
      List<String> errors,
      List<String> warnings) {}

  static List<Signature> signatures(String file, JsonNode trusted) throws Exception {
    var anchors = new CommonTrustedCertificateSource();
    for (JsonNode certificate : trusted) {
      anchors.addCertificate(DSSUtils.loadCertificate(new File(certificate.asText())));
    }
    var verifier = new CommonCertificateVerifier(true);
    verifier.setTrustedCertSources(anchors);
    var validator = new PDFDocumentValidator(new FileDocument(file));
    validator.setCertificateVerifier(verifier);
    Reports reports = validator.validateDocument(policy());
    List<Signature> signatures = new ArrayList<>();
    for (SignatureWrapper signature : reports.getDiagnosticData().getSignatures()) {
      signatures.add(judgementOf(signature, reports));
    }
    return signatures;
  }

  /**
   * The service's own policy, stricter about what is added to a signed file: it only warns of changes that the certification
   * does not permit or that it cannot explain, and here they fail. Revocation is not asked: nothing here has a network.
   */
  private static EtsiValidationPolicy policy() throws Exception {
    try (var text = ValidationPolicyFacade.class.getResourceAsStream(POLICY)) {
      var policy = (EtsiValidationPolicy) ValidationPolicyFacade.newFacade().getValidationPolicy(text);
      var basic = policy.getSignatureConstraints().getBasicSignatureConstraints();
      for (LevelConstraint change : List.of(basic.getDocMDP(), basic.getFieldMDP(), basic.getUndefinedChanges())) {
        change.setLevel(Level.FAIL);
      }
      withoutRevocation(basic.getSigningCertificate());
      withoutRevocation(basic.getCACertificate());
      var stamp = policy.getTimestampConstraints().getBasicSignatureConstraints();
      withoutRevocation(stamp.getSigningCertificate());
      withoutRevocation(stamp.getCACertificate());
      return policy;
    }
  }

  private static void withoutRevocation(CertificateConstraints certificate) {
    certificate.getRevocationDataAvailable().setLevel(Level.IGNORE);
    certificate.getAcceptableRevocationDataFound().setLevel(Level.IGNORE);
  }

  private static Signature judgementOf(SignatureWrapper signature, Reports reports) {
    var report = reports.getSimpleReport();
    String id = signature.getId();
    PDFRevisionWrapper revision = signature.getPDFRevision();
    var permission = revision.getDocMDPPermissions();
    var reason = report.getSubIndication(id);
    return new Signature(
        signature.getSignatureFormat().toString(),
        report.getIndication(id).name(),
        reason == null ? null : reason.name(),
        revision.isSignatureByteRangeValid(),
        permission == null ? null : permission.name(),
        modificationsOf(revision),
        revision.getModifiedFieldNames(),
        textsOf(report.getAdESValidationErrors(id)),
        textsOf(report.getAdESValidationWarnings(id)));
  }

  private static List<Modification> modificationsOf(PDFRevisionWrapper revision) {
    List<Modification> modifications = new ArrayList<>();
    add(modifications, "extension", revision.getPdfExtensionChanges());
    add(modifications, "form-fill", revision.getPdfSignatureOrFormFillChanges());
    add(modifications, "annotation", revision.getPdfAnnotationChanges());
    add(modifications, "undefined", revision.getPdfUndefinedChanges());
    return modifications;
  }

  private static void add(List<Modification> modifications, String kind, List<XmlObjectModification> changes) {
    for (XmlObjectModification change : changes) {
      String action = change.getAction() == null ? null : change.getAction().name();
      modifications.add(new Modification(kind, action, change.getValue(), change.getFieldName()));
    }
  }

  private static List<String> textsOf(List<Message> messages) {
    return messages.stream().map(Message::getValue).toList();
  }
}
