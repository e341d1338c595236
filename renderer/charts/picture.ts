/** What a drawing takes from the style sheets; everything else of it stands in its own attributes. */
const STYLES = [
  'display position inset z-index box-sizing width height min-width min-height max-width max-height margin padding',
  'border border-top border-right border-bottom border-left border-radius border-collapse border-spacing background',
  'color font line-height letter-spacing text-align text-decoration text-transform text-wrap white-space word-break vertical-align',
  'font-variant-numeric font-feature-settings',
  'flex flex-direction flex-wrap align-items align-self justify-content justify-self gap',
  'grid-template-columns grid-template-rows grid-column grid-row grid-auto-flow',
  'opacity visibility overflow transform transform-origin clip-path list-style',
  'fill fill-opacity stroke stroke-width stroke-dasharray stroke-opacity stroke-linecap text-anchor dominant-baseline',
].flatMap((line) => line.split(' '));

/** Buttons, what only screen readers hear, and what follows the pointer. */
const NOT_PICTURED = '[data-not-pictured], .rg-hidden, .recharts-tooltip-wrapper, .recharts-tooltip-cursor';
const PAD = 24;
/** Twice as fine as the screen's own dots: sharp on paper and in a presentation. */
const SCALE = 2;
const SVG = 'http://www.w3.org/2000/svg';

/** Both trees have the same shape: the second gets the looks of the first as its own. */
function takeLooks(from: Element, to: Element): void {
  const looks = getComputedStyle(from);
  const style = STYLES.map((name) => [name, looks.getPropertyValue(name)] as const)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}:${value}`)
    .join(';');
  to.setAttribute('style', style);
  to.removeAttribute('class');
  for (let i = 0; i < from.children.length; i++) takeLooks(from.children[i] as Element, to.children[i] as Element);
}

/** The figure as it looks on paper: in light colours, without its buttons. Nothing of it is painted meanwhile. */
function onPaper(figure: HTMLElement): HTMLElement {
  const html = document.documentElement;
  const was = html.getAttribute('data-mantine-color-scheme');
  html.setAttribute('data-mantine-color-scheme', 'light');
  try {
    const copy = figure.cloneNode(true) as HTMLElement;
    takeLooks(figure, copy);
    return copy;
  } finally {
    if (was === null) html.removeAttribute('data-mantine-color-scheme');
    else html.setAttribute('data-mantine-color-scheme', was);
  }
}

/**
 * A chart with its finding as a PNG (base64), on white whatever the window looks like. What is not
 * pictured is left out. Rejects where the page cannot draw it.
 */
export async function pictureOfFigure(figure: HTMLElement): Promise<string> {
  const { width, height } = figure.getBoundingClientRect();
  const copy = onPaper(figure);
  // found by attribute: classes are gone by now
  const marked = [...figure.querySelectorAll('*')];
  const copied = [...copy.querySelectorAll('*')];
  marked.forEach((el, i) => {
    if (el.matches(NOT_PICTURED)) copied[i]?.remove();
  });
  const svg = document.createElementNS(SVG, 'svg');
  const [w, h] = [Math.ceil(width) + 2 * PAD, Math.ceil(height) + 2 * PAD];
  for (const [name, value] of Object.entries({ xmlns: SVG, width: w, height: h })) svg.setAttribute(name, String(value));
  const inside = document.createElementNS(SVG, 'foreignObject');
  for (const [name, value] of Object.entries({ x: PAD, y: PAD, width: Math.ceil(width), height: Math.ceil(height) })) {
    inside.setAttribute(name, String(value));
  }
  inside.append(copy);
  svg.append(inside);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = w * SCALE;
  canvas.height = h * SCALE;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('no canvas');
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^[^,]*,/, '');
}
