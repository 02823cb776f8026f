package org.bpmnmlops.cli;

import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.ControllerAdvice;

/** Leaves out our REST API where no web server answers. */
class WithoutWeb extends TypeExcludeFilter {

  @Override
  public boolean match(MetadataReader type, MetadataReaderFactory types) {
    AnnotationMetadata annotations = type.getAnnotationMetadata();
    return annotations.isAnnotated(Controller.class.getName())
        || annotations.isAnnotated(ControllerAdvice.class.getName());
  }
}
