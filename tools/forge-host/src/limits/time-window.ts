// A fixed window of the host's clock with a limit on use.

/** Makes a window; `take` uses the amount and returns true if it still fits. */
export function createWindow(
  now: () => number,
  windowMs: number,
  limit: () => number,
  onUse: (used: number) => void = () => undefined,
) {
  let [opened, used] = [Number.NEGATIVE_INFINITY, 0]
  const turn = () => {
    const current = Math.floor(now() / windowMs)
    if (current !== opened) [opened, used] = [current, 0]
  }
  return {
    take(amount = 1): boolean {
      turn()
      if (used + amount > limit()) return false
      used += amount
      onUse(used)
      return true
    },
    /** Is anything left? For amounts that are known only afterwards. */
    open(): boolean {
      turn()
      return used < limit()
    },
    use(amount: number): void {
      turn()
      used += amount
      onUse(used)
    },
  }
}
