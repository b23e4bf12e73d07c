/** What the charts have in common: how their axes and tips look. Pure functions; `colours` are those of the theme. */

/** Time from the left to the right. */
export const timeAxis = (min, max, colours) => ({
  type: 'time',
  min,
  max,
  axisLine: {lineStyle: {color: colours.lineStrong}},
  axisLabel: {color: colours.textSoft, hideOverlap: true, fontSize: 11},
  axisTick: {show: false},
  splitLine: {show: false},
});

/** Values from the bottom up; `formatter` writes one. */
export const valueAxis = (formatter, colours) => ({
  type: 'value',
  min: 0,
  axisLabel: {color: colours.textSoft, fontSize: 11, formatter},
  splitLine: {lineStyle: {color: colours.line}},
});

/** A tip for all that stands at one place of the axis, with a line through it. */
export const axisTip = (colours, pointer = {}) => ({
  trigger: 'axis',
  confine: true,
  transitionDuration: 0,
  axisPointer: {type: 'line', ...pointer, lineStyle: {color: colours.text, type: 'solid'}},
  backgroundColor: colours.surface,
  borderColor: colours.lineStrong,
  textStyle: {color: colours.text, fontSize: 12},
});
