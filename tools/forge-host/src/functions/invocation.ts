// One invocation of one function.

import type { AppFunction } from '../app/manifest.js'

/** Shared by all invocations that follow from one start. */
export interface Chain {
  pushes: number
}
export interface Caller {
  readonly moduleKey: string
  readonly moduleType: 'jira:adminPage' | 'core:consumer' | 'core:scheduledTrigger'
  /** Absent when no user requested it. */
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
