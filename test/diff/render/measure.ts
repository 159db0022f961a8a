/** What is measured in the browser: programs for the page, and what they answer. */

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A piece of a bar: what it stands for, and on which side. */
interface Piece extends Box {
  readonly part: string;
  readonly side: string;
}

/** A bar of the chart with its parts and numbers. */
export interface Bar {
  readonly svg: Box;
  readonly rects: readonly Piece[];
  readonly texts: readonly Piece[];
}

export const isInside = (inner: Box, outer: Box): boolean =>
  inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;

export const overlap = (a: Box, b: Box): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** By how many pixels the page is wider than the window. */
export const excess = "document.documentElement.scrollWidth - window.innerWidth";

/** Opens all that is folded. */
export const unfold = "document.querySelectorAll('details').forEach((each) => { each.open = true; })";

/** Answers the levels of the headings, in order. */
export const headings = "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ localName }) => Number(localName[1]))";

/** Answers the bars. */
export const bars = `(() => {
  const box = (element) => { const { left, right, top, bottom } = element.getBoundingClientRect(); return { left, right, top, bottom }; };
  const piece = (element) => ({ ...box(element), part: element.getAttribute("class"), side: element.parentElement.getAttribute("class") });
  return [...document.querySelectorAll("svg.bar")].map((svg) => ({
    svg: box(svg), rects: [...svg.querySelectorAll("rect")].map(piece), texts: [...svg.querySelectorAll("text")].map(piece),
  }));
})()`;

/** Answers the texts whose contrast is below 4.5 to 1. */
export const faint = `(() => {
  const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b].map((c) => c / 255).map((c) => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, index) => sum + c * [0.2126, 0.7152, 0.0722][index], 0);
  const ground = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = numbers(getComputedStyle(each).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const own = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "");
  return [...document.body.querySelectorAll("*:not(svg *)")].filter(own).flatMap((element) => {
    const [a, b] = [luminance(numbers(getComputedStyle(element).color)), luminance(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return contrast < 4.5 ? [element.localName + "." + element.className + " " + contrast.toFixed(2) + " " + element.textContent.slice(0, 40)] : [];
  });
})()`;
