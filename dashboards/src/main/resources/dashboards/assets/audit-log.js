/** What was read of the audit log, as {entries, next}, the latest first. Pure functions. */

/** With the latest page as it is now. If more came in than one page holds, what was read before is read again. */
export function newer(log, page) {
  const first = log?.entries[0]?.id;
  const last = page.entries.at(-1)?.id;
  if (first === undefined || (page.next !== null && last > first)) return page;
  return {entries: [...page.entries.filter(({id}) => id > first), ...log.entries], next: log.next};
}

/** With the page below. */
export const older = (log, page) => {
  const last = log.entries.at(-1)?.id ?? Infinity;
  return {entries: [...log.entries, ...page.entries.filter(({id}) => id < last)], next: page.next};
};
