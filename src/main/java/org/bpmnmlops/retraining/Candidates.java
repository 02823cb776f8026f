package org.bpmnmlops.retraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.bpmnmlops.artifact.Artifacts;
import org.bpmnmlops.evaluation.CrossValidation;
import org.bpmnmlops.evaluation.Metric;
import org.bpmnmlops.process.ForModels;
import org.bpmnmlops.retraining.RetrainingLog.Candidate;
import org.springframework.stereotype.Component;

/** The candidates of a retraining, which are trained side by side. */
@Component("trainingCandidates")
@ForModels
public class Candidates {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The best candidate.
   *
   * @param scores all that did not fail, best first, for people
   * @param failures those that failed, and why; empty where none did
   */
  record Choice(Candidate winner, String scores, String failures) {}

  private final RetrainingLog log;
  private final Artifacts artifacts;

  Candidates(RetrainingLog log, Artifacts artifacts) {
    this.log = log;
    this.artifacts = artifacts;
  }

  /** The algorithms a user wrote with commas, for the call activity. */
  public List<String> of(String algorithms) {
    return algorithms(algorithms);
  }

  static List<String> algorithms(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(algorithm -> !algorithm.isEmpty())
        .distinct()
        .toList();
  }

  void trained(
      String run,
      String algorithm,
      String candidateRun,
      ChampionComparison.Challenger files,
      String validation) {
    log.add(
        new Candidate(
            run,
            algorithm,
            candidateRun,
            files.model(),
            files.modelHash(),
            files.preprocessed(),
            files.separation(),
            read(validation),
            null));
  }

  void failed(String run, String algorithm, String candidateRun, String why) {
    log.add(new Candidate(run, algorithm, candidateRun, null, null, null, null, null, why));
  }

  /**
   * The candidate with the best score by cross-validation; of equal ones the first by name.
   *
   * @throws AllCandidatesFailedException when all failed
   */
  Choice best(String run, Metric metric) {
    List<Candidate> all = log.candidates(run);
    List<Candidate> ranked =
        all.stream()
            .filter(candidate -> candidate.failure() == null)
            .sorted(
                Comparator.comparingDouble(
                    candidate -> -metric.gain(candidate.validation().of(metric), 0)))
            .toList();
    String failures =
        all.stream()
            .filter(candidate -> candidate.failure() != null)
            .map(candidate -> candidate.algorithm() + ": " + candidate.failure())
            .collect(Collectors.joining("\n"));
    if (ranked.isEmpty()) {
      throw new AllCandidatesFailedException(
          all.isEmpty()
              ? "There is no candidate; name at least one in 'candidates'"
              : "All candidates failed:\n" + failures);
    }
    String scores =
        ranked.stream()
            .map(
                candidate ->
                    candidate.algorithm() + " " + metric.inWords(candidate.validation().of(metric)))
            .collect(Collectors.joining(", "));
    return new Choice(ranked.get(0), scores, failures);
  }

  private CrossValidation read(String reference) {
    Path file = artifacts.path(reference);
    try {
      return JSON.readValue(file.toFile(), CrossValidation.class);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read %s: %s".formatted(reference, e), e);
    }
  }
}
