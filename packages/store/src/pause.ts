// A pause, in which other requests of the process go on.

/** Waits for some milliseconds; without a number, until others had their turn. */
export const pause = (ms = 0): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms))
