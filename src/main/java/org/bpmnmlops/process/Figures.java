package org.bpmnmlops.process;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.springframework.stereotype.Component;

/** Numbers as a diagram's texts show them: <code>${figures.of(accuracy)}</code>. */
@Component
@ForModels
public class Figures {

  /** At most three decimals, none of them a trailing zero. */
  public String of(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(3, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }
}
