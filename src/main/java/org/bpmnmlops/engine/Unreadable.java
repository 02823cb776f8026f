package org.bpmnmlops.engine;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.camunda.bpm.model.xml.ModelException;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/** Tells whoever deploys a file that is no model where the reader gave up. */
public final class Unreadable {

  private Unreadable() {}

  /**
   * One sentence: line and column where the XML breaks off, or what the schema of BPMN or DMN does
   * not know, with its line.
   *
   * @param e what the reader of models said
   */
  public static String explain(byte[] content, ModelException e) {
    try {
      var factory = SAXParserFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.newSAXParser().parse(new ByteArrayInputStream(content), new DefaultHandler());
    } catch (SAXParseException broken) {
      return "line %d, column %d: %s"
          .formatted(broken.getLineNumber(), broken.getColumnNumber(), words(broken));
    } catch (SAXException | IOException broken) {
      return "no XML: " + words(broken);
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("Every JDK reads XML", impossible);
    }
    return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
        .reduce((outer, inner) -> inner)
        .map(Unreadable::words)
        .orElseThrow();
  }

  /** The reader of models writes "URI=null Line=3: what". */
  private static String words(Throwable e) {
    return String.valueOf(e.getMessage())
        .replaceAll("\\s+", " ")
        .replaceFirst("^.*URI=\\S* Line=(\\d+)", "line $1")
        .strip();
  }
}
