// A list of names inside a sentence.

/** How many names a message lists. */
const namesListed = 12

/** Lists names for a message, and says when there are more. */
export const listed = (names: readonly string[]): string =>
  names.length > namesListed
    ? `${names.slice(0, namesListed).join(', ')} and ${names.length - namesListed} more`
    : names.join(', ')
