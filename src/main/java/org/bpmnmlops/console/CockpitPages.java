package org.bpmnmlops.console;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves our scripts in Cockpit so that browsers ask whether they have changed. Cockpit's own
 * addresses carry its version; those that modules import do not, and would be old after an upgrade.
 */
@Configuration
class CockpitPages implements WebMvcConfigurer {

  private static final String SCRIPTS = "/app/cockpit/scripts/mlops/";

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/camunda" + SCRIPTS + "**")
        .addResourceLocations("classpath:/META-INF/resources/webjars/camunda" + SCRIPTS)
        .setCacheControl(CacheControl.noCache());
  }
}
