package org.bpmnmlops.browser;

import com.microsoft.playwright.Page;
import java.util.List;

/** W3C's contrast ratio, 1 to 21, of colours as they are painted; text needs 4.5. */
public final class Contrast {

  private static final String RATIO =
      """
        const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
        const paint = (...layers) => {
          canvas.clearRect(0, 0, 1, 1);
          for (const [colour, opacity] of layers) {
            canvas.globalAlpha = opacity;
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
          }
          return canvas.getImageData(0, 0, 1, 1).data;
        };
        const luminance = painted => {
          const [r, g, b] = [...painted].map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
          return .2126 * r + .7152 * g + .0722 * b;
        };
        const ratio = (a, b) => {
          const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
          return (light + .05) / (dark + .05);
        };
        const ground = element => {
          for (let e = element; e; e = e.parentElement) {
            const colour = getComputedStyle(e).backgroundColor;
            if (paint([colour, 1])[3] === 255) return colour;
          }
          return "white";
        };
      """;

  private static final String WORST_TEXT =
      """
      () => {
        %s
        let worst = {ratio: 21, text: ""};
        for (const e of document.querySelectorAll("body *")) {
          const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
          if (!own || e.tagName === "SCRIPT" || e.tagName === "title" || !e.getClientRects().length) continue;
          const style = getComputedStyle(e);
          const found = ratio(paint([e instanceof SVGElement ? style.fill : style.color, 1]), paint([ground(e), 1]));
          if (found < worst.ratio) worst = {ratio: found, text: e.textContent};
        }
        return worst.ratio >= 4.5 ? "readable" : worst.ratio.toFixed(2) + ": " + worst.text;
      }
      """
          .formatted(RATIO);

  private static final String WORST_SHAPE =
      """
      ([shapes, texts]) => {
        %s
        const ink = paint([getComputedStyle(document.querySelector(texts)).fill, 1]);
        const painted = [...document.querySelectorAll(shapes)].map(shape => {
          const {fill, fillOpacity} = getComputedStyle(shape);
          const on = [ground(shape), 1];
          return {ink: ratio(ink, paint(on, [fill, fillOpacity])), ground: ratio(paint(on), paint(on, [fill, fillOpacity]))};
        });
        return ["ink", "ground"].map(other => Math.min(...painted.map(each => each[other])));
      }
      """
          .formatted(RATIO);

  private Contrast() {}

  /** {@code readable}, or the text that is least so on the ground of its page, and its ratio. */
  public static String ofTexts(Page page) {
    return (String) page.evaluate(WORST_TEXT);
  }

  /**
   * The worst of some filled shapes of a drawing.
   *
   * @param ink with the texts on them
   * @param ground with what they lie on
   */
  public record OfShapes(double ink, double ground) {}

  /**
   * @param shapes selects them, at least one
   * @param texts selects the texts on them, which are all of one colour
   */
  public static OfShapes ofShapes(Page page, String shapes, String texts) {
    List<?> worst = (List<?>) page.evaluate(WORST_SHAPE, List.of(shapes, texts));
    return new OfShapes(
        ((Number) worst.get(0)).doubleValue(), ((Number) worst.get(1)).doubleValue());
  }
}
