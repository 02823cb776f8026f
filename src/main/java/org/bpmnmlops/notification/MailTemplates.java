package org.bpmnmlops.notification;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.bpmnmlops.wording.Words;
import org.springframework.stereotype.Component;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

/** Renders a page as HTML and as text from {@code src/main/resources/mails}. */
@Component
class MailTemplates {

  /** Of its own, not a bean: the application's engine renders web pages and knows no text. */
  private final SpringTemplateEngine engine = new SpringTemplateEngine();

  MailTemplates() {
    engine.addTemplateResolver(resolver("*.html", TemplateMode.HTML));
    engine.addTemplateResolver(resolver("*.txt", TemplateMode.TEXT));
  }

  MailMessage render(String subject, MailPage page) {
    Context context = new Context(Locale.ENGLISH);
    context.setVariable("subject", subject);
    context.setVariable("page", page);
    return new MailMessage(
        subject,
        engine.process("mail.txt", context).strip() + "\n",
        Optional.of(Words.unbroken(engine.process("mail.html", context))));
  }

  private static ClassLoaderTemplateResolver resolver(String pattern, TemplateMode mode) {
    ClassLoaderTemplateResolver resolver =
        new ClassLoaderTemplateResolver(MailTemplates.class.getClassLoader());
    resolver.setPrefix("mails/");
    resolver.setResolvablePatterns(Set.of(pattern));
    resolver.setTemplateMode(mode);
    resolver.setCharacterEncoding("UTF-8");
    return resolver;
  }
}
