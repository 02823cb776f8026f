package org.bpmnmlops.engine;

import java.util.Optional;
import java.util.stream.Stream;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.el.Expression;
import org.camunda.bpm.engine.impl.el.JuelExpression;
import org.camunda.bpm.engine.spring.SpringExpressionManager;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;

/**
 * Evaluates the expressions of models, and of models alone. Closes CVE-2026-109432: any signed-in
 * user could put an expression into the {@code orQueries} of a task query or of a stored filter,
 * and the engine evaluated it whatever its settings said. Expressions of a model are kept away from
 * the JVM as well, and see only the beans marked for them.
 */
final class ModelExpressions extends SpringExpressionManager {

  ModelExpressions(ApplicationContext context) {
    super(context, new ModelBeans(context));
  }

  @Override
  public Expression createExpression(String text) {
    return new JuelExpression(createValueExpression(text), this, text) {
      @Override
      public Object getValue(VariableScope scope) {
        // Queries evaluate without a scope. So does a start timer that is due, but in its job.
        if (scope == null && !isLiteralText() && !inJob()) {
          throw new BadUserRequestException(
              "'%s' is refused: a query or filter takes values, not expressions"
                  .formatted(getExpressionText()));
        }
        try {
          return super.getValue(scope);
        } catch (ProcessEngineException e) {
          throw inJob() ? e : refusal(e).orElse(e);
        }
      }
    };
  }

  /**
   * What a bean refused, as it said it: the rest is about the expression, not about the request.
   */
  private static Optional<ProcessEngineException> refusal(ProcessEngineException failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(10)
        .filter(cause -> cause.getClass() == BadUserRequestException.class)
        .map(ProcessEngineException.class::cast)
        .findFirst();
  }

  private static boolean inJob() {
    var command = Context.getCommandContext();
    return command != null && command.getCurrentJob() != null;
  }

  @Override
  protected ELResolver createElResolver() {
    CompositeELResolver resolvers = new CompositeELResolver();
    resolvers.add(new JvmDenied());
    resolvers.add(super.createElResolver());
    return resolvers;
  }
}
