package org.bpmnmlops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class StartCompilerTest {

  @Test
  void keepsTheOptimizingCompilerOutAndBringsItBack() throws Exception {
    String before = directives();

    StartCompiler compiler = StartCompiler.hold();
    assertThat(compiler.awaitHeld()).isTrue();
    assertThat(directives()).isNotEqualTo(before).contains("matching: *.*", "Exclude:true");

    compiler.release();
    assertThat(directives()).isEqualTo(before);
  }

  /** What {@code jcmd <pid> Compiler.directives_print} shows. */
  private static String directives() throws Exception {
    return (String)
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "compilerDirectivesPrint",
                new Object[0],
                new String[0]);
  }
}
