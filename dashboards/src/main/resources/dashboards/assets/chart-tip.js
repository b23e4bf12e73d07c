import {css} from 'lit';

/** What charts say about the place that is pointed at. */

/** How it looks; belongs to the component of the chart. */
export const tips = css`
  .tip {
    font: 400 12px/1.5 var(--sans);
    font-variant-numeric: tabular-nums;
    color: var(--text);
  }
  .tip div {
    display: flex;
    align-items: center;
    gap: .4rem;
  }
  .tip b {
    margin-left: auto;
    padding-left: 1rem;
  }
  .tip i {
    width: 9px;
    height: 9px;
    border-radius: 2px;
  }
`;

/**
 * A heading and lines of {name, colour, text}, as elements: the policy of the page forbids style attributes in markup.
 */
export function tip(heading, lines) {
  const all = Object.assign(document.createElement('div'), {className: 'tip'});
  all.append(heading, ...lines.map(({name, colour, text}) => {
    const line = document.createElement('div');
    const swatch = document.createElement('i');
    swatch.style.background = colour;
    line.append(swatch, name, Object.assign(document.createElement('b'), {textContent: text}));
    return line;
  }));
  return all;
}
