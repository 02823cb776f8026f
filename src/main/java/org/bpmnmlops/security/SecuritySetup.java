package org.bpmnmlops.security;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** Puts the checks in front of what they protect. */
@Configuration(proxyBeanMethods = false)
class SecuritySetup {

  /** Less where the JVM has little memory. */
  private static final long LONGEST_BODY_BYTES = 32L << 20;

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> bodyValve(ObjectMapper json) {
    long memory = Runtime.getRuntime().maxMemory();
    return tomcat ->
        tomcat.addEngineValves(
            new BodyValve(json, memory, Math.min(LONGEST_BODY_BYTES, memory / 24)));
  }

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

  /**
   * An interceptor of this kind stands before every handler, those of Actuator included; those of a
   * {@code WebMvcConfigurer} stand before the controllers only.
   */
  @Bean
  MappedInterceptor applicationAccess(AuthorizationService authorizations, Clock clock) {
    List<MappedInterceptor> applications =
        Arrays.stream(Application.values())
            .map(
                application ->
                    new MappedInterceptor(
                        application.paths().toArray(String[]::new),
                        new Access(application, authorizations, clock)))
            .toList();
    return new MappedInterceptor(
        new String[] {"/**"},
        new HandlerInterceptor() {
          @Override
          public boolean preHandle(
              HttpServletRequest request, HttpServletResponse response, Object handler)
              throws Exception {
            for (MappedInterceptor application : applications) {
              if (application.matches(request)
                  && !application.preHandle(request, response, handler)) {
                return false;
              }
            }
            return true;
          }
        });
  }
}
