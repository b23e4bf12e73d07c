/**
 * Which arm has which colour: by its place in the definition, so the same arm has the same colour in every chart, table
 * and page, whatever its share. The control always has the first, neutral one. The colours are in theme.css.
 */

const CHALLENGER_COLOURS = 7;

/** The number of the colour (0 to 7) of each arm, by arm key. From the ninth arm on colours repeat; names tell then. */
export function colourNumbers(arms) {
  let challengers = 0;
  return new Map(arms.map((arm) =>
    [arm.key, arm.control ? 0 : 1 + (challengers++ % CHALLENGER_COLOURS)]));
}

/** The colours as the theme has them now, for a canvas, which cannot read custom properties. */
export function themeColours(element) {
  const style = getComputedStyle(element);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    arms: Array.from({length: CHALLENGER_COLOURS + 1}, (_, number) => read(`--arm-${number}`)),
    line: read('--line'),
    lineStrong: read('--line-strong'),
    surface: read('--surface'),
    text: read('--text'),
    textSoft: read('--text-soft'),
  };
}

/** Calls back whenever the visitor's system changes between light and dark. Returns how to stop. */
export function onThemeChange(callback) {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  dark.addEventListener('change', callback);
  return () => dark.removeEventListener('change', callback);
}
