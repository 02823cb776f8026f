/**
 * What a mail says, and the connector {@code mail-send} that sends it.
 *
 * <p>How a model sends a mail; the boundary error event to draw on the task catches {@code
 * MAIL_FAILED}:
 *
 * <pre>{@code
 * <camunda:connector>
 *   <camunda:inputOutput>
 *     <camunda:inputParameter name="message">${mails.runSucceeded(execution)}</camunda:inputParameter>
 *   </camunda:inputOutput>
 *   <camunda:connectorId>mail-send</camunda:connectorId>
 * </camunda:connector>
 * }</pre>
 *
 * <p>{@code message} is one of {@code ${mails.runSucceeded(execution)}}, {@code
 * ${mails.runFailed(execution)}} and {@code ${mails.alert(execution)}}. For a mail of one's own:
 *
 * <pre>{@code
 * <camunda:inputParameter name="subject">Only ${rows} rows today</camunda:inputParameter>
 * <camunda:inputParameter name="text">The data set ${dataset} is shorter than usual.</camunda:inputParameter>
 * }</pre>
 *
 * <p>and, if wanted, the same in {@code html}. Who receives mails is configuration ({@code
 * MLOPS_MAIL_TO}), never an input.
 */
package org.bpmnmlops.notification;
