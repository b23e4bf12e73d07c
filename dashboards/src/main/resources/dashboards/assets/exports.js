import {themeColours} from './palette.js';

/** Tables and charts as files to keep or to send. */

/** Opens a table in spreadsheets as UTF-8; those who read it by program know to leave it out. */
const BYTE_ORDER_MARK = '\uFEFF';
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;
/** What a spreadsheet takes for a formula. */
const FORMULA = /^[=+\-@\t\r]/;
const IMAGE = {width: 1200, height: 560, pixelRatio: 2};
const TITLE_PIXELS = 62;
const FONT = 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';

/**
 * A table as CSV (RFC 4180): numbers raw with a point, what is not known as an empty field.
 *
 * @param columns  their names, with the unit in brackets where there is one
 * @param rows     a list of lists of numbers, texts, and null
 * @param note     what is missing in it, as a last line; null where nothing is
 */
const csv = ({columns, rows, note = null}) => `${BYTE_ORDER_MARK}${
  [columns, ...rows, ...(note === null ? [] : [[note]])].map((row) => row.map(field).join(',')).join('\r\n')}\r\n`;

/** More digits than this are noise of the arithmetic. */
const DIGITS = 12;

function field(value) {
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(value.toPrecision(DIGITS))) : '';
  const text = String(value ?? '');
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** The name of a file: what it is about, what it shows and from when it is. */
const fileName = (about, ending, at = new Date()) =>
  `${about.filter(Boolean).join('-')}-${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z.${ending}`;

/** What somebody has written, as a part of such a name; empty where no letter or digit of ASCII is in it. */
export const fileWord = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/** Hands a table to the browser as a file. */
export function saveTable(about, table) {
  const address = URL.createObjectURL(new Blob([csv(table)], {type: 'text/csv;charset=utf-8'}));
  save(fileName(about, 'csv'), address);
  // Some browsers begin to read later.
  setTimeout(() => URL.revokeObjectURL(address), READ_MILLIS);
}

/** Hands a picture to the browser as a file. */
export const saveImage = (about, address) => save(fileName(about, 'png'), address);

const READ_MILLIS = 10_000;

const save = (name, address) => Object.assign(document.createElement('a'), {download: name, href: address}).click();

/**
 * A chart drawn anew as a PNG, of one size whatever the screen's, in the colours of the theme and with its title in it:
 * the address of its data.
 *
 * @param host   the component that shows the chart
 * @param draw   what to tell ECharts, by the usual place of the plot in the picture, its width and the font of words
 */
export async function chartImage(host, {title, note}, draw) {
  const echarts = await import('echarts');
  const colours = themeColours(host);
  const {width, height, pixelRatio} = IMAGE;
  const chart = echarts.init(document.createElement('div'), null,
    {renderer: 'canvas', width, height, devicePixelRatio: pixelRatio});
  try {
    const grid = {left: 64, right: 190, top: TITLE_PIXELS + 14, bottom: 44};
    chart.setOption({
      ...draw({grid, width, font: `13px ${FONT}`}, colours),
      animation: false,
      textStyle: {fontFamily: FONT},
      title: {text: title, subtext: note, left: 20, top: 14, itemGap: 12,
        textStyle: {color: colours.text, fontSize: 18}, subtextStyle: {color: colours.textSoft, fontSize: 13}},
    });
    return chart.getDataURL({type: 'png', pixelRatio, backgroundColor: colours.surface});
  } finally {
    chart.dispose();
  }
}
