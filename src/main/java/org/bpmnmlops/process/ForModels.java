package org.bpmnmlops.process;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a bean that diagrams may name in an expression, such as {@code ${schedule.daily}}. Steps
 * are marked already; every other bean is invisible to models. All public methods of a marked bean
 * can be called from a diagram, so mark a small one.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ForModels {}
