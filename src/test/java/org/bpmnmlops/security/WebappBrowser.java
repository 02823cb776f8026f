package org.bpmnmlops.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.bpmnmlops.Server;

/** A browser in which somebody signed in to Camunda's web applications. */
final class WebappBrowser {

  private final Server.Caller caller;
  private final String token;

  private WebappBrowser(Server.Caller caller, String token) {
    this.caller = caller;
    this.token = token;
  }

  static WebappBrowser signIn(Server server, String user, String password) {
    Server.Caller caller = server.anonymous();
    String token = token(caller.get("/camunda/app/welcome/default/"));
    var answer =
        caller.send(
            caller
                .request(
                    "/camunda/api/admin/auth/user/default/login/welcome",
                    "X-XSRF-TOKEN",
                    token,
                    "Content-Type",
                    "application/x-www-form-urlencoded",
                    "Accept",
                    "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "username=%s&password=%s"
                            .formatted(
                                user, URLEncoder.encode(password, StandardCharsets.UTF_8)))));
    assertThat(answer.statusCode()).isEqualTo(200);
    return new WebappBrowser(caller, token(caller.get("/camunda/app/welcome/default/")));
  }

  private static String token(HttpResponse<String> page) {
    return page.headers().firstValue("X-XSRF-TOKEN").orElseThrow();
  }

  Server.Caller caller() {
    return caller;
  }

  String token() {
    return token;
  }
}
