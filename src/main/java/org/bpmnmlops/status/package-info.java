/**
 * The status API, which keeps what every run last reported, and the side of Camunda's
 * http-connector that reports to it.
 *
 * <p>How a model reports ({@code 'running'}, {@code 'success'} or {@code 'failed'}); the boundary
 * error event to draw on the task catches {@code STATUS_FAILED}:
 *
 * <pre>{@code
 * <camunda:connector>
 *   <camunda:inputOutput>
 *     <camunda:inputParameter name="url">${statusApi.url()}</camunda:inputParameter>
 *     <camunda:inputParameter name="method">POST</camunda:inputParameter>
 *     <camunda:inputParameter name="headers">${statusApi.headers(execution)}</camunda:inputParameter>
 *     <camunda:inputParameter name="payload">${statusApi.report(execution, 'success')}</camunda:inputParameter>
 *     <camunda:inputParameter name="request-config">${httpOptions.standard()}</camunda:inputParameter>
 *     <camunda:outputParameter name="statusAnswer">${statusApi.answer(statusCode, response)}</camunda:outputParameter>
 *   </camunda:inputOutput>
 *   <camunda:connectorId>http-connector</camunda:connectorId>
 * </camunda:connector>
 * }</pre>
 *
 * <p>The reporter of a cancelled run sends {@code ${statusApi.cancelled(execution)}} as its
 * payload; see {@link org.bpmnmlops.status.CancelledRun} for the variables it is started with.
 */
package org.bpmnmlops.status;
