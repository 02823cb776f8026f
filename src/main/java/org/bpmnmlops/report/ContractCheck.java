package org.bpmnmlops.report;

import org.bpmnmlops.wording.Verdict;

/**
 * One rule of the contract, checked on the current rows.
 *
 * @param rule {@code present}, {@code type}, {@code missing}, {@code range}, {@code mean} or {@code
 *     categories}
 * @param value what was found: a share of rows, or a mean; null where it is no number
 * @param warn limit of the warning; null where there is none
 * @param fail limit of the failure; null where there is none
 * @param words a sentence for people
 */
public record ContractCheck(
    String rule, Verdict verdict, Double value, Double warn, Double fail, String words) {}
