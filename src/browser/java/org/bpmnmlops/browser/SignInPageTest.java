package org.bpmnmlops.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import org.bpmnmlops.MlopsTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The first page a newcomer sees. */
@MlopsTest
@BrowserTest
class SignInPageTest {

  @LocalServerPort int port;

  @Test
  void theFirstPageAsksWhoYouAre(Chromium chromium) {
    try (Tab tab = chromium.open(1280, 800, ColorScheme.LIGHT)) {
      tab.page().navigate("http://localhost:" + port);

      assertThat(tab.page().locator("input[type=password]")).isVisible();
      tab.screenshot("sign-in");
      assertThat(tab.requests()).allMatch(url -> url.startsWith("http://localhost:" + port));
    }
  }
}
