package chopmark.checkers;

import java.io.FileInputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/** veraPDF's judgement of a file against a flavour: `3b` (PDF/A-3b), `ua1` (PDF/UA-1) and so on. */
final class FileRules {
  static {
    VeraGreenfieldFoundryProvider.initialise();
  }

  private FileRules() {}

  record FailedRule(String clause, int test, String description, int times, String example, String place) {}

  record Judgement(boolean compliant, int assertions, List<FailedRule> failed) {}

  /** Each rule that fails once, with how often it does and its first place. */
  static Judgement failedRules(String file, String flavourId) throws Exception {
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(flavourId);
    try (var bytes = new FileInputStream(file);
        var parser = Foundries.defaultInstance().createParser(bytes, flavour);
        var validator = Foundries.defaultInstance().createValidator(flavour, -1, false, true, false)) {
      return judgementOf(validator.validate(parser));
    }
  }

  private static Judgement judgementOf(ValidationResult result) {
    Map<RuleId, List<TestAssertion>> failures = new LinkedHashMap<>();
    for (TestAssertion assertion : result.getTestAssertions()) {
      if (assertion.getStatus() == TestAssertion.Status.FAILED) {
        failures.computeIfAbsent(assertion.getRuleId(), rule -> new ArrayList<>()).add(assertion);
      }
    }
    List<FailedRule> failed = new ArrayList<>();
    failures.forEach((rule, times) -> {
      TestAssertion first = times.get(0);
      String example = first.getErrorMessage() == null ? "" : first.getErrorMessage();
      int count = result.getFailedChecks().getOrDefault(rule, times.size());
      String place = first.getLocation() == null ? "" : first.getLocation().getContext();
      failed.add(new FailedRule(rule.getClause(), rule.getTestNumber(), first.getMessage(), count, example, place));
    });
    return new Judgement(result.isCompliant(), result.getTotalAssertions(), failed);
  }
}
