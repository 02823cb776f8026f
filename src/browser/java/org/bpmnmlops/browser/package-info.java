/** What a person sees, looked at in a real browser. */
package org.bpmnmlops.browser;
