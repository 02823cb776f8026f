/** Who may use this server: signing in, the administrator, and the rights of our own REST API. */
package org.bpmnmlops.security;
