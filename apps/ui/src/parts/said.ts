// A sentence of core as the page says it: where it names a command, the page names its own way to the same end.
import { messages } from '../messages'

export const said = (sentence: string): string =>
  sentence.replaceAll(/"rollcall ([a-z-]+)[^"]*"/g, (whole, command: string) => {
    const name = messages.commands[command]
    return name === undefined ? whole : `"${name}"`
  })
