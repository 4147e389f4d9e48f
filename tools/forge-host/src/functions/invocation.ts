// One invocation of one function.

import type { AppFunction } from '../app/manifest.js'

/** All that descends from one start shares this. */
export interface Chain {
  pushes: number
}
export interface Caller {
  readonly moduleKey: string
  readonly moduleType: 'jira:adminPage' | 'core:consumer' | 'core:scheduledTrigger'
  /** Absent when nobody asked for it. */
  readonly accountId?: string
  readonly chain?: Chain
}

/** An invocation that runs; the platform knows it by its token. */
export interface Invocation {
  readonly id: string
  readonly token: string
  readonly of: AppFunction
  readonly accountId: string | undefined
  readonly chain: Chain
  /** How many minutes its limits count. */
  readonly minutes: number
  egress: number
  /** Resolves when it is over, also when it was killed. */
  readonly over: Promise<void>
}
