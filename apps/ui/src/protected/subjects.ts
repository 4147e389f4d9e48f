// Reads subjects of the protected list from text: one per line, from CSV the first column, each once.

/** The name of a group may contain commas, so the whole line counts. */
const groupLine = /^group:/i

/** The first cell of a line of CSV, without its quotes. */
function firstCell(line: string): string {
  if (groupLine.test(line)) return line.trim()
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1]
  return (quoted === undefined ? (line.split(/[,;\t]/)[0] ?? '') : quoted.replaceAll('""', '"')).trim()
}

/** An email address without a prefix becomes a pattern. */
function subjectOf(cell: string): string {
  const isAddress = /^[^\s:@]+@[^\s@]+$/.test(cell)
  return isAddress ? `email:${cell}` : cell
}

export function subjectsIn(text: string): readonly string[] {
  const cells = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map(firstCell)
    .filter((cell) => cell !== '' && !/^(account ?id|subject|e-?mail)$/i.test(cell))
  return [...new Set(cells.map(subjectOf))]
}
