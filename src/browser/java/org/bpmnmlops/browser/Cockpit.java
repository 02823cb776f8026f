package org.bpmnmlops.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.List;

/** Cockpit as somebody uses it who signed in by its form. */
final class Cockpit {

  /** Of Camunda's own login page and frame. */
  private static final List<String> NOT_OURS =
      List.of(
          "An iframe which has both allow-scripts", "the server responded with a status of 404");

  private final Tab tab;
  private final String base;

  private Cockpit(Tab tab, String base) {
    this.tab = tab;
    this.base = base;
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

  /** What the console said that is no fault of Camunda's. */
  List<String> errors() {
    return tab.errors().stream()
        .filter(error -> NOT_OURS.stream().noneMatch(error::contains))
        .toList();
  }
}
