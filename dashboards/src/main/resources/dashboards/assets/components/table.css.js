import {css} from 'lit';

/**
 * How tables look: as tables where there is room, else every row as a block with labels in it. The host of a table must
 * be as wide as it may be, and spell out the roles, because a browser drops them together with the table layout.
 */
export const tables = css`
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: .92rem;
  }
  caption {
    text-align: left;
  }
  th, td {
    padding: .4rem .5rem;
    text-align: left;
    vertical-align: top;
    font-weight: 400;
    overflow-wrap: anywhere;
  }
  th:first-child {
    padding-left: 0;
  }
  td:last-child, th:last-child {
    padding-right: 0;
  }
  thead th {
    color: var(--text-soft);
    font-size: .82rem;
    vertical-align: bottom;
  }
  tbody tr {
    border-top: 1px solid var(--line);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  .zero {
    color: var(--text-soft);
  }
  td.bad {
    color: var(--bad);
    font-weight: 600;
  }
  td.warn {
    color: var(--warn);
    font-weight: 600;
  }
`;

/** The blocks; goes into a container query of the host's own, because it depends on the number of columns. */
export const blocks = css`
  table, tbody {
    display: block;
  }
  thead {
    display: none;
  }
  tbody tr {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(5.8rem, 1fr));
    gap: .2rem .6rem;
    padding: .6rem 0;
  }
  th, td {
    padding: 0;
  }
  .number {
    text-align: left;
    white-space: normal;
  }
  td[data-label]::before {
    content: attr(data-label);
    display: block;
    color: var(--text-soft);
    font-size: .75rem;
    font-weight: 400;
  }
  tbody th, .wide {
    grid-column: 1 / -1;
  }
`;

/** The head as a line of words that explain themselves, above the blocks; after those. */
export const headLine = css`
  thead {
    display: block;
    padding-bottom: .5rem;
  }
  thead tr {
    display: flex;
    flex-wrap: wrap;
    gap: .1rem .9rem;
  }
  thead th, thead th.range {
    min-width: 0;
    padding: 0;
    white-space: nowrap;
  }
`;
