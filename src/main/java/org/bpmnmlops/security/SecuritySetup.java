package org.bpmnmlops.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the checks in front of what they protect. */
@Configuration(proxyBeanMethods = false)
class SecuritySetup {

  /** Before everything but the encoding and the observation of requests. */
  @Bean
  FilterRegistrationBean<SignInFilter> signInFilter(
      IdentityService identity, Logins logins, WebappSessions sessions, ObjectMapper json) {
    var registration =
        new FilterRegistrationBean<>(new SignInFilter(identity, logins, sessions, json));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 10);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    return registration;
  }

  @Bean
  WebMvcConfigurer applicationAccess(AuthorizationService authorizations) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        for (Application application : Application.values()) {
          registry
              .addInterceptor(new Access(application, authorizations))
              .addPathPatterns(application.paths());
        }
      }
    };
  }
}
