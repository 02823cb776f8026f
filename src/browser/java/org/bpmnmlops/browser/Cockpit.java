package org.bpmnmlops.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Cockpit as somebody uses it who signed in by its form. */
final class Cockpit {

  /** Of Camunda's own login page and frame. */
  private static final List<String> NOT_OURS =
      List.of(
          "An iframe which has both allow-scripts", "the server responded with a status of 404");

  /** Whose answers are ours; the console does not say which address was not found. */
  private static final List<String> OURS = List.of("/api/v1/", "/mlops/", "/webjars/");

  private final List<String> refused = new ArrayList<>();
  private final Tab tab;
  private final String base;

  private Cockpit(Tab tab, String base) {
    this.tab = tab;
    this.base = base;
    tab.page()
        .onResponse(
            response -> {
              if (response.status() >= 400 && OURS.stream().anyMatch(response.url()::contains)) {
                refused.add(response.status() + " " + response.url());
              }
            });
  }

  static Cockpit signIn(Tab tab, int port, String user, String password) {
    Cockpit cockpit =
        new Cockpit(tab, "http://localhost:" + port + "/camunda/app/cockpit/default/");
    Page page = tab.page();
    page.navigate(cockpit.base);
    page.locator("input[type=text]").fill(user);
    page.locator("input[type=password]").fill(password);
    page.locator("button[type=submit]").click();
    page.locator("input[type=password]")
        .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
    return cockpit;
  }

  /** Opens a page by what stands behind '#'. */
  Page open(String hash) {
    tab.page().navigate(base + "#" + hash);
    return tab.page();
  }

  Page page() {
    return tab.page();
  }

  Locator button(String name) {
    return tab.page()
        .getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
  }

  /** What the console said, and what was refused, that is no fault of Camunda's. */
  List<String> errors() {
    return Stream.concat(
            refused.stream(),
            tab.errors().stream().filter(error -> NOT_OURS.stream().noneMatch(error::contains)))
        .toList();
  }
}
