/**
 * Secrets that the server made and nobody has said to have copied yet: they cannot be read again, so they outlive the
 * page that they are shown on. Gone with the tab.
 */
const shown = new Map();

/** Keeps what was made, {secret, …}, by a name; null forgets it. */
export const hold = (name, made) => (made?.secret ? shown.set(name, made) : shown.delete(name));

/** What is held by a name, or null. */
export const held = (name) => shown.get(name) ?? null;
