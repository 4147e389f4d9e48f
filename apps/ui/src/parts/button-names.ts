// Core's sentences name commands of the terminal; on the page they name the button or screen that does the same.
import { messages } from '../messages'

export const withButtonNames = (sentence: string): string =>
  sentence.replaceAll(/"rollcall ([a-z-]+)[^"]*"/g, (whole, command: string) => {
    const name = messages.commands[command]
    return name === undefined ? whole : `"${name}"`
  })
