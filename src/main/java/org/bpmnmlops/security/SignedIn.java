package org.bpmnmlops.security;

import java.security.Principal;
import java.util.List;

/** Who sends a request, as the engine knows them. */
record SignedIn(String user, List<String> groups, List<String> tenants) implements Principal {

  SignedIn {
    groups = List.copyOf(groups);
    tenants = List.copyOf(tenants);
  }

  @Override
  public String getName() {
    return user;
  }
}
