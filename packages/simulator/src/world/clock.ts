// The simulated clock: starts at a given time and follows real time unless it is frozen.

export interface Clock {
  now(): number
  set(at: number): void
  advance(ms: number): void
  freeze(): void
}

/** Makes a clock that shows `start` (epoch milliseconds) now. */
export function createClock(start: number): Clock {
  let [shown, since, frozen] = [start, performance.now(), false]
  const now = () => Math.round(frozen ? shown : shown + performance.now() - since)
  const set = (at: number) => {
    ;[shown, since] = [at, performance.now()]
  }
  return {
    now,
    set,
    advance: (ms) => set(now() + ms),
    freeze() {
      set(now())
      frozen = true
    },
  }
}
