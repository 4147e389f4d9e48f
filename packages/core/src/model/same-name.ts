// How Rollcall compares the names that people type: as Atlassian does, without case and whatever their Unicode form.

const onlyAscii = /^[\0-\u007F]*$/

/**
 * The form in which names are compared: composed and folded, so that ß equals SS, and dotted and dotless i equal I.
 * Upper case is between two lower cases since some letters have only one of them.
 */
export function foldName(text: string): string {
  if (onlyAscii.test(text)) return text.toLowerCase()
  const folded = text.normalize('NFC').toLowerCase().toUpperCase().toLowerCase().normalize('NFD')
  // The dot that "İ" leaves over its small letter, and the sigma at the end of a word.
  return folded.replaceAll('i\u0307', 'i').replaceAll('ς', 'σ').normalize('NFC')
}

/** True if two names mean the same thing. */
export const sameName = (one: string, other: string): boolean => one === other || foldName(one) === foldName(other)
