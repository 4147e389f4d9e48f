// Subjects of the protected list from what was pasted: one to a line, of CSV the first column, each once.

/** A group's name holds what it holds, commas too; one that is not there is told of. */
const writtenOut = /^group:/i

/** The first cell of a line of CSV, without its quotes. */
function firstCell(line: string): string {
  if (writtenOut.test(line)) return line.trim()
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1]
  return (quoted === undefined ? (line.split(/[,;\t]/)[0] ?? '') : quoted.replaceAll('""', '"')).trim()
}

/** An address alone means that address; a heading means nobody. */
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
