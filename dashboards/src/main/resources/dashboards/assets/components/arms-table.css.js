import {css} from 'lit';
import {blocks, headLine} from './table.css.js';

/** How the arms table looks besides what all tables do: a table where there is room, blocks where there is not. */
export const armsTableStyles = css`
  :host {
    container-type: inline-size;
  }
  tbody th, td {
    vertical-align: middle;
    overflow-wrap: normal;
  }
  thead th {
    white-space: nowrap;
  }
  th.best {
    min-width: 5.2rem;
    white-space: normal;
  }
  .note {
    display: block;
    color: var(--text-soft);
    font-size: .8rem;
  }
  .arm div {
    display: flex;
    gap: .45rem;
    font-weight: 600;
  }
  .label {
    min-width: 0;
    overflow-wrap: break-word;
  }
  .name {
    margin-right: .45rem;
    color: var(--text);
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: .4rem 1.4rem;
    list-style: none;
  }
  .swatch {
    flex: none;
    width: .75em;
    height: .75em;
    margin-top: .35em;
    border-radius: 3px;
    background: currentColor;
  }
  .tag {
    display: inline-block;
    padding: 0 .4rem;
    border-radius: 4px;
    background: var(--quiet-ground);
    color: var(--quiet);
    font-size: .75rem;
    font-weight: 600;
  }
  .tag.warn {
    background: var(--warn-ground);
    color: var(--warn);
  }
  .tag.bad {
    background: var(--bad-ground);
    color: var(--bad);
  }
  .arm .note {
    max-width: 26rem;
    margin-left: 1.2rem;
  }
  button.small {
    min-height: 1.6rem;
    margin: .15rem 0 0 1.1rem;
    padding: .05rem .5rem;
    color: var(--text-soft);
    font-size: .8rem;
  }
  .share span {
    font-weight: 600;
  }
  .bar {
    display: block;
    width: 4.5rem;
    height: 4px;
    margin: .15rem 0 0 auto;
  }
  .bar .rest {
    fill: var(--raised);
  }
  .bar .part {
    fill: currentColor;
  }
  td.range {
    width: 9rem;
    padding-left: 1rem;
  }
  th.range {
    padding-left: 1rem;
  }
  range-mark {
    width: 8rem;
  }
  .bounds {
    display: block;
    color: var(--text-soft);
    font-size: .8rem;
    text-align: left;
  }
  .off .name, .off td:not(.range) {
    color: var(--text-soft);
  }

  @container (min-width: 60rem) {
    td.range {
      width: 26rem;
      padding-left: 2.5rem;
    }
    th.range {
      padding-left: 2.5rem;
    }
    range-mark {
      width: 100%;
    }
  }

  @container (max-width: 40rem) {
    ${blocks}
    ${headLine}
    .range {
      grid-column: 1 / -1;
      width: auto;
    }
    td.range {
      display: flex;
      width: auto;
      padding: 0;
      align-items: center;
      gap: .8rem;
    }
    td.range::before {
      content: none;
    }
    range-mark {
      flex: 1;
    }
    .bar {
      display: none;
    }
  }
`;
