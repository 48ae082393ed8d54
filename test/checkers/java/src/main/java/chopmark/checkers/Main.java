package chopmark.checkers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * One process for many files, because a JVM takes longer to start than a file to check. Each line of standard input is a
 * question `{"id":1,"check":"rules","file":"…","flavour":"3b"}` or `{"id":2,"check":"signature","file":"…","trusted":["….pem"]}`;
 * each is answered with one line, `{"id":1,"answer":…}` or `{"id":1,"failure":"…"}`. Ends with its input.
 */
public final class Main {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    // Libraries that print must not break a line of ours.
    System.setOut(System.err);
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = questions.readLine(); line != null; line = questions.readLine()) {
      answers.write((JSON.writeValueAsString(answer(JSON.readTree(line))) + "\n").getBytes(StandardCharsets.UTF_8));
      answers.flush();
    }
  }

  private static ObjectNode answer(JsonNode question) {
    ObjectNode answer = JSON.createObjectNode();
    answer.set("id", question.get("id"));
    try {
      answer.set("answer", JSON.valueToTree(ask(question)));
    } catch (Exception | LinkageError failure) {
      answer.put("failure", failure.toString());
    }
    return answer;
  }

  private static Object ask(JsonNode question) throws Exception {
    String check = question.get("check").asText();
    String file = question.get("file").asText();
    return switch (check) {
      case "rules" -> FileRules.failedRules(file, question.get("flavour").asText());
      case "signature" -> SignatureLevels.signatures(file, question.get("trusted"));
      default -> throw new IllegalArgumentException("No check is called " + check);
    };
  }
}
