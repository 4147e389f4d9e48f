// The host's clock: real time plus what was skipped. Delays wait on it; invoked functions and SQL see its time.

export interface HostClock {
  now(): number
  /** Moves the time forward; what falls due on the way runs in order. */
  advance(ms: number): void
  /** Runs it at that time; the returned function cancels it. */
  at(due: number, run: () => void, kind?: 'delay' | 'schedule'): () => void
  /** Moves to the next delay and runs it; false when none waits. */
  skip(): boolean
  /** How far the time is ahead of the real one, in milliseconds, readable in other threads. */
  readonly ahead: Float64Array
  close(): void
}
interface Alarm {
  readonly due: number
  readonly made: number
  readonly run: () => void
  readonly kind: 'delay' | 'schedule'
}

const longestTimer = 2 ** 31 - 1

/** Makes a clock that shows real time until it is moved. */
export function createClock(): HostClock {
  const ahead = new Float64Array(new SharedArrayBuffer(8))
  let alarms: Alarm[] = []
  let made = 0
  let timer: NodeJS.Timeout | undefined
  const now = () => Date.now() + (ahead[0] ?? 0)
  const moveTo = (time: number) => {
    ahead[0] = Math.max(ahead[0] ?? 0, time - Date.now())
  }
  function ring(alarm: Alarm): void {
    alarms = alarms.filter((one) => one !== alarm)
    alarm.run()
  }
  function ringUntil(target: number): void {
    for (let next = alarms[0]; next !== undefined && next.due <= target; next = alarms[0]) {
      moveTo(next.due)
      ring(next)
    }
    wind()
  }
  /** Timers may fire a little early, so what is due within the millisecond is. */
  function wind(): void {
    clearTimeout(timer)
    const [next] = alarms
    if (next === undefined) return
    timer = setTimeout(() => ringUntil(now() + 1), Math.min(longestTimer, Math.max(0, next.due - now())))
    timer.unref()
  }
  return {
    now,
    ahead,
    advance(ms) {
      const target = now() + ms
      ringUntil(target)
      moveTo(target)
    },
    at(due, run, kind = 'delay') {
      const alarm = { due, run, kind, made: (made += 1) }
      alarms = [...alarms, alarm].sort((a, b) => a.due - b.due || a.made - b.made)
      wind()
      return () => {
        alarms = alarms.filter((one) => one !== alarm)
        wind()
      }
    },
    skip() {
      const next = alarms.find(({ kind }) => kind === 'delay')
      if (next === undefined) return false
      ringUntil(next.due)
      return true
    },
    close() {
      alarms = []
      clearTimeout(timer)
    },
  }
}
