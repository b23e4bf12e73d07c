import {css} from 'lit';

/** How the fields look by which a list is narrowed: in a row, the search the widest. */
export const filters = css`
  form {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: .5rem .9rem;
  }
  .field {
    flex: 1 1 9rem;
    max-width: 18rem;
  }
  .field:first-child {
    flex: 2 1 14rem;
    max-width: 26rem;
  }
  .field label {
    color: var(--text-soft);
    font-size: .82rem;
    font-weight: 400;
  }
`;
