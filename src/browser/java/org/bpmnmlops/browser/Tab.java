package org.bpmnmlops.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tab that remembers what went wrong in it and what it asked the network for. */
public final class Tab implements AutoCloseable {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  private final BrowserContext session;
  private final Page page;
  private final List<String> errors = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  Tab(BrowserContext session) {
    this.session = session;
    this.page = session.newPage();
    page.onPageError(errors::add);
    page.onConsoleMessage(
        message -> {
          if (List.of("error", "warning").contains(message.type())) {
            errors.add(message.type() + ": " + message.text());
          }
        });
    page.onRequest(request -> requests.add(request.url()));
  }

  /** What the test looks at and acts on. */
  public Page page() {
    return page;
  }

  /** Errors and warnings of the console and exceptions nobody caught, in the order they came. */
  public List<String> errors() {
    return errors;
  }

  /** Addresses asked for, in the order they were, the page's own first. */
  public List<String> requests() {
    return requests;
  }

  /** Keeps a picture of the whole page as {@code target/screenshots/<name>.png}. */
  public void screenshot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(name + ".png")));
  }

  @Override
  public void close() {
    session.close();
  }
}
