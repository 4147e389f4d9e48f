// Run ended: somebody cancelled or stopped a run while a process works on it.

/** The run no longer executes: the process that works on it sends nothing more. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded'
  constructor() {
    super('Somebody has ended this run, so nothing more is sent.')
  }
}
